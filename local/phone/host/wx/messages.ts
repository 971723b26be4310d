/** wx.requestSubscribeMessage: a consent sheet; each tick is one message that may be sent. */
import { element } from '../dom'
import { isInsideTap } from '../gestures'
import type { Phone } from '../phone'
import { ApiFailure, api } from './api'
import { Storage } from './storage'

const MOST_TEMPLATES = 5
const REMEMBERED = '__subscribe_always'
type Choice = 'accept' | 'reject' | 'ban'

interface Template {
  id: string
  title: string
}

export function messageApis({ server, layers, record, openid, permissions }: Phone): Record<string, unknown> {
  const memory = new Storage(`host:${openid}`)
  const remembered = (): Record<string, Choice> => (memory.get(REMEMBERED) as Record<string, Choice> | undefined) ?? {}

  /** Titles as the workplace knows them (its settings map template ids to titles); the id itself otherwise. */
  const titlesOf = async (ids: string[]): Promise<Template[]> => {
    const { status, body } = await server.get(`/__templates?openid=${encodeURIComponent(openid)}`)
    const list = status === 200 ? ((body as { list?: Template[] } | null)?.list ?? []) : []
    const titles = Object.fromEntries(list.map((template) => [template.id, template.title]))
    return ids.map((id) => ({ id, title: titles[id] ?? id }))
  }

  const ask = (templates: Template[]): Promise<Record<string, Choice>> =>
    layers.sheet<Record<string, Choice>>({
      label: '订阅消息',
      class: 'host-consent host-subscribe',
      content: (close) => {
        const boxes = templates.map(({ id, title }) => {
          const box = element('input', { attributes: { type: 'checkbox' } })
          box.checked = true
          return { id, box, row: element('label', {}, element('span', { text: title }), box) }
        })
        const always = element('input', { attributes: { type: 'checkbox' } })
        const answer = (allowed: boolean): void => {
          const choices = Object.fromEntries(boxes.map(({ id, box }) => [id, allowed && box.checked ? 'accept' : 'reject'])) as Record<
            string,
            Choice
          >
          if (always.checked) memory.set(REMEMBERED, { ...remembered(), ...choices })
          close(choices)
        }
        return [
          element('h2', { text: '师服到 想给您发这些消息' }),
          ...boxes.map(({ row }) => row),
          element('label', { class: 'host-always' }, always, element('span', { text: '总是保持以上选择，不再询问' })),
          element(
            'footer',
            {},
            element('button', { text: '取消', class: 'host-cancel', onClick: () => answer(false) }),
            element('button', { text: '允许', class: 'host-confirm', onClick: () => answer(true) }),
          ),
        ]
      },
    })

  return {
    requestSubscribeMessage: api<{ tmplIds: string[] }>('requestSubscribeMessage', (options) => {
      if (!isInsideTap()) throw new ApiFailure('can only be invoked by user TAP gesture.')
      if (!permissions.takesMessages) throw new ApiFailure('The main switch is switched off', { errCode: 20004 })
      const ids = [...new Set(options.tmplIds)]
      if (ids.length === 0) throw new ApiFailure("TmplIds can't be empty", { errCode: 10001 })
      if (ids.length > MOST_TEMPLATES) throw new ApiFailure('Templates count out of max bounds', { errCode: 20003 })
      return (async () => {
        const known = remembered()
        const choices = ids.every((id) => known[id] !== undefined)
          ? Object.fromEntries(ids.map((id) => [id, known[id] ?? 'reject']))
          : await ask(await titlesOf(ids))
        await server.post('/__subscribe', { openid, templates: choices })
        record('subscribe', { choices })
        return choices
      })()
    }),
  }
}
