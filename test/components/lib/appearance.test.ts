import { readAppearance, showPlainBar, showStateInBar } from '../../../miniprogram/lib/appearance'
import { installWx } from '../support/fake-wx'

const bar = jest.fn().mockResolvedValue({})
const title = jest.fn().mockResolvedValue({})
const phone = (info: object) => installWx({ getAppBaseInfo: () => info, setNavigationBarColor: bar, setNavigationBarTitle: title })

test.each([
  [{ fontSizeScaleFactor: 1 }, 1, false],
  [{ fontSizeScaleFactor: 1.2 }, 1.2, true],
  [{ fontSizeScaleFactor: 2 }, 1.4, true],
  [{ fontSizeScaleFactor: 0.8 }, 1, false],
  [{ fontSizeSetting: 23.8 }, 1.4, true],
  [{ fontSizeSetting: 17 }, 1, false],
  [{}, 1, false],
])('large type of %j is %d, care %s', (info, scale, care) => {
  phone(info)
  expect(readAppearance()).toMatchObject({ scale, care, style: `--sf-scale:${scale}`, className: care ? 'care' : '', dark: false })
})

test('the navigation bar carries the word and the colour of whose turn it is, in both themes', () => {
  phone({ theme: 'dark' })
  expect(readAppearance().dark).toBe(true)
  showStateInBar({ turn: 'yours', word: '待付款' }, false)
  expect(title).toHaveBeenLastCalledWith({ title: '待付款' })
  expect(bar).toHaveBeenLastCalledWith({ frontColor: '#000000', backgroundColor: '#f2ddb5' })
  showStateInBar({ turn: 'yours', word: '待付款' }, true)
  expect(bar).toHaveBeenLastCalledWith({ frontColor: '#ffffff', backgroundColor: '#4a3311' })
  showPlainBar('上门作业', true)
  expect(bar).toHaveBeenLastCalledWith({ frontColor: '#ffffff', backgroundColor: '#162225' })
})
