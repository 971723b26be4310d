import { addChosen, arrived, change, merge, nextWaiting, remove } from '../../../miniprogram/components/photo-field/photo-list'
import { PHOTOS } from '../../support/mock-answers/demo-pictures'
import { installWx } from '../support/fake-wx'
import { mount } from '../support/render'

const chosen = (path: string) => ({ path, size: 1_000 })

describe('the photos of a field', () => {
  test('no more than there is room for, and the same one not twice', () => {
    const photos = addChosen([], [chosen('a'), chosen('b')], 3)
    expect(addChosen(photos, [chosen('c'), chosen('d')], 3).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    expect(addChosen(photos, [chosen('b')], 9)).toHaveLength(2)
  })
  test('one uploads at a time; a failed one does not hold up the next', () => {
    const photos = addChosen([], [chosen('a'), chosen('b')], 9)
    expect(nextWaiting(photos)?.key).toBe('a')
    const going = change(photos, 'a', { state: 'uploading' })
    expect(nextWaiting(going)).toBeUndefined()
    expect(nextWaiting(change(going, 'a', { state: 'failed' }))?.key).toBe('b')
  })
  test('what the page says is there comes first; those on their way stay; own pictures do not blink', () => {
    const photos = change(addChosen([], [chosen('tmp/a'), chosen('tmp/b')], 9), 'tmp/a', { state: 'done', fileId: PHOTOS.tap.fileId })
    const merged = merge(photos, [PHOTOS.valve, PHOTOS.tap])
    expect(merged.map(({ url }) => url)).toEqual([PHOTOS.valve.url, 'tmp/a', 'tmp/b'])
    expect(arrived(merged).map(({ fileId }) => fileId)).toEqual([PHOTOS.valve.fileId, PHOTOS.tap.fileId])
  })
  test('a removed one is gone', () => expect(remove(addChosen([], [chosen('a')], 9), 'a')).toEqual([]))
})

describe('photo-field', () => {
  interface Upload {
    filePath: string
    success: (answer: { fileID: string }) => void
    fail: (error: unknown) => void
  }
  const uploads: Upload[] = []
  const turn = () => new Promise((done) => setTimeout(done, 0))

  beforeEach(() => {
    uploads.length = 0
    installWx({
      chooseMedia: () =>
        Promise.resolve({
          tempFiles: [
            { tempFilePath: 'tmp/a.jpg', size: 1_000 },
            { tempFilePath: 'tmp/b.jpg', size: 1_000 },
          ],
        }),
      cloud: {
        callFunction: () =>
          Promise.resolve({
            result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { grants: [{ cloudPath: 'orders/o1/step/x.jpg' }] } },
          }),
        uploadFile: (upload: Upload) => {
          uploads.push(upload)
          return { onProgressUpdate: () => undefined }
        },
      },
    })
  })

  test('two chosen: the first fails and waits for a tap, the second goes through, then the first again', async () => {
    const field = mount('components/photo-field/photo-field', { purpose: 'step', subject: 'o1', label: '拍柜底' }, ['change', 'busy'])
    expect(field.text()).toBe('拍柜底')
    await field.tap('.photo__add')
    await turn()
    expect(uploads).toHaveLength(1)
    uploads[0]?.fail({ errMsg: 'uploadFile:fail request:fail' })
    await turn()
    await turn()
    expect(field.text()).toContain('没传上')
    uploads[1]?.success({ fileID: 'cloud://demo/b' })
    await turn()
    expect(field.heard.change).toEqual([{ fileIds: ['cloud://demo/b'], files: [{ fileId: 'cloud://demo/b', url: 'tmp/b.jpg' }] }])
    expect(field.heard.busy?.at(-1)).toEqual({ uploading: false, failed: 1 })

    await field.tap('.photo__tap')
    await turn()
    uploads[2]?.success({ fileID: 'cloud://demo/a' })
    await turn()
    expect(field.heard.change?.at(-1)).toMatchObject({ fileIds: ['cloud://demo/a', 'cloud://demo/b'] })
  })

  test('read only, there is nothing to add or to take away', () => {
    const field = mount('components/photo-field/photo-field', { files: [PHOTOS.tap], readonly: true })
    expect(field.component.querySelector('.photo__add')).toBeFalsy()
    expect(field.component.querySelector('.photo__remove')).toBeFalsy()
  })
})
