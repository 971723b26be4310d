/** What journeys of one technician begin with. */
import type { Place } from '../../cloudfunctions/domain/geography'
import type { PhoneInHand } from './browser'
import { Journey, ZHOU } from './journey'
import { Product, TechnicianPhone } from './product'

/** 关怀模式 on a small phone: 320 px, letters × 1.4. */
export const SMALL = { font: 1.4, width: 320, height: 568 }

/** Takes the phone up again: the page looks at once. */
export const lookAgain = (phone: PhoneInHand): Promise<void> =>
  phone.control((controls) => {
    controls.setForeground(false)
    controls.setForeground(true)
  })

interface ZhousCity {
  city: Journey
  product: Product
  /** 周国平, on duty. */
  zhou: TechnicianPhone
  /** Where he waits for work: whoever files there is nearest to him. */
  home: Place
}

/** The city that all journeys of a file share, its time standing still: there before the first of them, gone after the last. */
export const withZhou = (): ZhousCity => {
  const its = {} as ZhousCity
  beforeAll(async () => {
    const city = await Journey.start({ clock: 'frozen' })
    its.city = city
    const product = Product.of(city.workplace)
    const [zhou] = await product.find('technicians', { openid: ZHOU })
    const { coordinates } = zhou!.base
    Object.assign(its, { product, home: { longitude: coordinates[0], latitude: coordinates[1] }, zhou: new TechnicianPhone(product, zhou!._id, ZHOU) })
    await its.zhou.do('goOnDuty', { position: its.home })
  })
  // A city that did not start is not there.
  afterAll(() => (its.city as Journey | undefined)?.stop())
  return its
}
