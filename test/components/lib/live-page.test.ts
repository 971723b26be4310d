import { liveLifecycle } from '../../../miniprogram/lib/live-page'
import { installWx } from '../support/fake-wx'

test('a page is fresh and in the type size of its reader whenever it comes up, silent when it is gone', () => {
  installWx({ getAppBaseInfo: () => ({ fontSizeScaleFactor: 1.3, theme: 'dark' }) })
  const heard: string[] = []
  const live = {
    shown: () => Promise.resolve(void heard.push('shown')),
    hidden: () => heard.push('hidden'),
    pulled: () => Promise.resolve(void heard.push('pulled')),
  }
  const page = { live, looks: [] as object[], setData: ({ look }: { look: object }) => void page.looks.push(look) }
  liveLifecycle.onShow.call(page)
  liveLifecycle.onPullDownRefresh.call(page)
  liveLifecycle.onHide.call(page)
  liveLifecycle.onUnload.call(page)
  expect(heard).toEqual(['shown', 'pulled', 'hidden', 'hidden'])
  expect(page.looks).toMatchObject([{ scale: 1.3, care: true, dark: true }])
})

test('a page that failed to load its parts does not fail again when it leaves', () => {
  expect(() => liveLifecycle.onUnload.call({ setData: () => undefined })).not.toThrow()
})
