import * as z from 'zod'
import { isInChina } from '../domain/china'
import { fileId, isoTime, line, phone, quantity, words } from '../platform/fields'

/** What a filing holds (R02): each bad field is named with a sentence of its own; the problem is kept as said. */
export const repairInput = z
  .strictObject({
    category: z.string().min(1, '请选一个类别').max(30, '没有这个类别'),
    items: z
      .array(z.strictObject({ code: z.string().min(1, '请选一个项目').max(40, '没有这个项目'), quantity }))
      .max(20, '一单最多 20 个项目，多的请再报一单'),
    problem: words('毛病', 2, 500),
    requests: words('特别要求', 0, 200).default(''),
    photos: z.array(fileId).max(9, '照片最多 9 张').default([]),
    video: fileId.optional(),
    contact: z.strictObject({
      name: line('姓名', 1, 20),
      honorific: z.enum(['先生', '女士']),
      phone,
      onSite: z.strictObject({ name: line('在家的人', 1, 20), phone }).optional(),
    }),
    place: z
      .strictObject({
        address: line('地址', 2, 100),
        room: line('门牌', 1, 50),
        district: line('区', 1, 30),
        longitude: z.number('请在地图上选位置').min(-180, '位置不对，请在地图上重新选').max(180, '位置不对，请在地图上重新选'),
        latitude: z.number('请在地图上选位置').min(-90, '位置不对，请在地图上重新选').max(90, '位置不对，请在地图上重新选'),
      })
      .refine((place) => isInChina(place), { error: '位置不在国内，请在地图上重新选', path: ['longitude'] }),
    wanted: z.strictObject({ from: isoTime, to: isoTime }).refine(({ from, to }) => to > from, { error: '结束时间要在开始时间之后', path: ['to'] }),
    emergency: z.boolean().default(false),
  })
  // In an emergency the trade is enough (R50): the technician quotes at the door.
  .refine(({ emergency, items }) => emergency || items.length > 0, { error: '请至少选一个项目', path: ['items'] })

export type RepairInput = z.output<typeof repairInput>
