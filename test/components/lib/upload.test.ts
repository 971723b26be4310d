import { functionOf, uploadFile } from '../../../miniprogram/lib/upload'
import { installWx } from '../support/fake-wx'

const callFunction = jest.fn()
const uploaded: { cloudPath: string; filePath: string }[] = []
const compressImage = jest.fn()
const sizes = new Map<string, number>()

beforeEach(() => {
  uploaded.length = 0
  sizes.clear()
  compressImage.mockReset()
  callFunction.mockReset().mockResolvedValue({
    result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { grants: [{ cloudPath: 'orders/o1/step/a.jpg' }] } },
  })
  installWx({
    compressImage,
    getFileSystemManager: () => ({
      getFileInfo: ({
        filePath,
        success,
        fail,
      }: {
        filePath: string
        success: (info: { size: number }) => void
        fail: (error: unknown) => void
      }) => {
        const size = sizes.get(filePath)
        if (size === undefined) fail({ errMsg: 'getFileInfo:fail no such file' })
        else success({ size })
      },
    }),
    cloud: {
      callFunction,
      uploadFile: ({
        cloudPath,
        filePath,
        success,
      }: {
        cloudPath: string
        filePath: string
        success: (answer: { fileID: string }) => void
      }) => {
        uploaded.push({ cloudPath, filePath })
        return {
          onProgressUpdate(listener: (update: { progress: number }) => void) {
            listener({ progress: 40 })
            listener({ progress: 100 })
            success({ fileID: `cloud://demo/${cloudPath}` })
          },
        }
      },
    },
  })
})

const TARGET = { name: 'technician', purpose: 'step', subject: 'o1' } as const

test('a small photo goes as it is, to the path that the server gave out, with progress', async () => {
  const progress: number[] = []
  await expect(uploadFile({ path: 'tmp/a.jpg', size: 90_000 }, TARGET, (percent) => progress.push(percent))).resolves.toBe(
    'cloud://demo/orders/o1/step/a.jpg',
  )
  expect(uploaded).toEqual([{ cloudPath: 'orders/o1/step/a.jpg', filePath: 'tmp/a.jpg' }])
  expect(progress).toEqual([40, 100])
  expect(compressImage).not.toHaveBeenCalled()
  expect(callFunction).toHaveBeenCalledWith(
    expect.objectContaining({
      data: expect.objectContaining({
        action: 'grantUploads',
        input: { purpose: 'step', subject: 'o1', files: [{ extension: 'jpg', bytes: 90_000 }] },
      }) as object,
    }),
  )
})

test('a large one is made smaller first, and its new size is told', async () => {
  compressImage.mockResolvedValue({ tempFilePath: 'tmp/small.png' })
  sizes.set('tmp/small.png', 210_000)
  await uploadFile({ path: 'tmp/big.jpg', size: 4_000_000 }, TARGET)
  expect(uploaded[0]?.filePath).toBe('tmp/small.png')
  expect(callFunction.mock.calls[0]?.[0]).toMatchObject({ data: { input: { files: [{ extension: 'png', bytes: 210_000 }] } } })
})

test.each([
  ['the phone cannot compress', () => compressImage.mockRejectedValue({ errMsg: 'compressImage:fail' })],
  ['it would grow', () => compressImage.mockResolvedValue({ tempFilePath: 'tmp/grown.jpg' }) && sizes.set('tmp/grown.jpg', 5_000_000)],
])('where %s, the original goes', async (_why, arrange) => {
  arrange()
  await uploadFile({ path: 'tmp/big.jpg', size: 4_000_000 }, TARGET)
  expect(uploaded[0]?.filePath).toBe('tmp/big.jpg')
})

test('a refused path is told as the server says it', async () => {
  callFunction.mockResolvedValue({
    result: { ok: false, serverNow: '2026-11-22T05:20:00.000Z', error: { code: 'NOT_FOUND', message: '没有这张单' } },
  })
  await expect(uploadFile({ path: 'tmp/a.jpg', size: 1 }, TARGET)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(uploaded).toEqual([])
})

test('only technicians photograph steps', () =>
  expect([functionOf('step'), functionOf('filing'), functionOf('follow_up')]).toEqual(['technician', 'homeowner', 'homeowner']))
