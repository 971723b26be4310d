/** Where the phone is, choosing a place, showing one. Coordinates are GCJ-02 throughout, as the app asks for. */
import { element } from '../dom'
import type { Phone } from '../phone'
import type { Position } from '../device'
import type { Place } from '../server'
import { ApiFailure, api } from './api'

const onMap = (latitude: number, longitude: number): boolean => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180

export function locationApis({ whereabouts, places, layers, permissions, record, config }: Phone): Record<string, unknown> {
  const demandDeclared = (name: string): void => {
    if (config.app.requiredPrivateInfos?.includes(name) !== true)
      throw new Error(`the api need to be declared in the requiredPrivateInfos field in app.json/ext.json`)
  }
  const choosePlace = (list: Place[], here: Position): Promise<Place | null> =>
    layers.sheet<Place | null>({
      label: '选择位置',
      class: 'host-places',
      content: (close) => {
        const field = (label: string, value: string) => {
          const input = element('input', { attributes: { 'aria-label': label, placeholder: label } })
          input.value = value
          return input
        }
        const name = field('地点名称', '')
        const address = field('详细地址', '')
        const latitude = field('纬度', String(here.latitude))
        const longitude = field('经度', String(here.longitude))
        const rows = element('div', { class: 'host-place-list' })
        const draw = (words: string): void => {
          const found = list.filter((place) => place.name.includes(words) || place.address.includes(words))
          rows.replaceChildren(
            ...found
              .slice(0, 60)
              .map((place) =>
                element(
                  'button',
                  { onClick: () => close(place) },
                  element('strong', { text: place.name }),
                  element('span', { text: place.address }),
                ),
              ),
          )
        }
        const search = field('搜索地点', '')
        search.addEventListener('input', () => draw(search.value.trim()))
        draw('')
        const own = (): void => {
          const place = { name: name.value, address: address.value, latitude: Number(latitude.value), longitude: Number(longitude.value) }
          if (place.name !== '' && onMap(place.latitude, place.longitude)) close(place)
        }
        return [
          element(
            'header',
            {},
            element('button', { text: '取消', class: 'host-cancel', onClick: () => close(null) }),
            element('strong', { text: '选择位置' }),
            element('span'),
          ),
          ...(list.length > 0 ? [search, rows] : []),
          element(
            'details',
            list.length === 0 ? { attributes: { open: '' } } : {},
            element('summary', { text: '填一个地点' }),
            name,
            address,
            latitude,
            longitude,
            element('button', { text: '用这个地点', class: 'host-confirm', onClick: own }),
          ),
        ]
      },
    })

  return {
    chooseLocation: api('chooseLocation', async () => {
      demandDeclared('chooseLocation')
      const place = await choosePlace(await places(), await whereabouts())
      if (!place) throw new Error('cancel')
      return { ...place, errMsg: 'chooseLocation:ok' }
    }),
    getLocation: api<{ type?: string }>('getLocation', async ({ type = 'wgs84' }) => {
      demandDeclared('getLocation')
      if (!(await permissions.ask('scope.userLocation'))) throw new ApiFailure('auth deny', { errno: 103 })
      if (type !== 'gcj02') console.warn('wx.getLocation without type "gcj02" gives WGS-84 in WeChat; the browser host has GCJ-02 only')
      return { ...(await whereabouts()), accuracy: 30, speed: 0, altitude: 0, verticalAccuracy: 0, horizontalAccuracy: 30 }
    }),
    getFuzzyLocation: api('getFuzzyLocation', async () => {
      demandDeclared('getFuzzyLocation')
      if (!(await permissions.ask('scope.userFuzzyLocation'))) throw new ApiFailure('auth deny', { errno: 103 })
      const { latitude, longitude } = await whereabouts()
      return { latitude: Math.round(latitude * 100) / 100, longitude: Math.round(longitude * 100) / 100 }
    }),
    openLocation: api<{ latitude: number; longitude: number; name?: string; address?: string }>(
      'openLocation',
      async ({ latitude, longitude, name = '', address = '' }) => {
        if (!onMap(latitude, longitude)) throw new Error('invalid latitude or longitude')
        record('openLocation', { latitude, longitude, name, address })
        await layers.modal({
          title: name || '位置',
          content: `${address}\n${longitude.toFixed(6)}，${latitude.toFixed(6)}`,
          confirmText: '导航',
          cancelText: '返回',
        })
      },
    ),
    openMapApp: api<{ latitude: number; longitude: number; destination?: string }>(
      'openMapApp',
      ({ latitude, longitude, destination = '' }) => record('openMapApp', { latitude, longitude, destination }),
    ),
  }
}
