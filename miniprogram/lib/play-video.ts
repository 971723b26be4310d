/** A video over the whole screen, as WeChat plays it. */
import { showFailure } from './dialog'
import { isCancelled } from './error-text'

/** Plays a file of the phone, a link, or a file of the cloud that the reader may open. */
export async function playVideo(source: string, poster = ''): Promise<void> {
  try {
    const url = source.startsWith('cloud://') ? await linkOf(source) : source
    await wx.previewMedia({ sources: [{ url, type: 'video', ...(poster ? { poster } : {}) }] })
  } catch (error) {
    if (!isCancelled(error)) await showFailure(error)
  }
}

/** The player knows no file ids: a link of a few minutes is asked for. */
async function linkOf(fileId: string): Promise<string> {
  const { fileList } = await wx.cloud.getTempFileURL({ fileList: [fileId] })
  const url = fileList[0]?.tempFileURL
  if (!url) throw new Error(`no link for ${fileId}`)
  return url
}
