/** How the files of a field are getting on. */
export interface Sending {
  uploading: boolean
  failed: number
}

/** What did not get through, in words; '' when all is there. */
export function lostFiles({ photos, video }: { photos: Sending; video: Sending }): string {
  return [photos.failed > 0 ? `${photos.failed} 张照片` : '', video.failed > 0 ? '视频' : ''].filter((part) => part !== '').join('和')
}
