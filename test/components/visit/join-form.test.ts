import type { ApplicationView } from '../../../typings/contract'
import { draftFrom, EMPTY_JOIN, joinProblems, withWhatIsKept } from '../../../miniprogram/technician/join/join-form'

const kept = (name: string) => ({ fileId: `cloud://env.bucket/kept/x/${name}.jpg`, url: `https://link/${name}` })
const view = (more: Partial<NonNullable<ApplicationView['sent']>> = {}): ApplicationView => ({
  state: 'sent', sentAt: null, reason: '', staffNumber: '', categories: [], templates: {} as ApplicationView['templates'],
  sent: {
    name: '孙立', phone: '13900001212', skills: [{ category: 'plumbing', level: 2 }], years: 6, district: '江湾区', base: { longitude: 120.2, latitude: 30.2 }, radiusMetres: 8_000, about: '', identityKept: true, photo: kept('me'),
    certificates: [{ category: 'plumbing', name: '水工证', number: 'W-1', expiresAt: '2028-05-01T15:59:59.000Z', photo: kept('paper') }], ...more,
  },
})

test('R52 what was sent stands in the form again, papers and photos too', () => {
  const draft = draftFrom(view())
  expect(draft).toMatchObject({ years: '6', radiusKm: 8, photos: [kept('me')], certificates: [{ number: 'W-1', until: '2028-05-01', photos: [kept('paper')] }] })
  expect(joinProblems(draft, '', true)).toEqual({})
  expect(joinProblems(draft, '', false)).toEqual({ identityNumber: expect.any(String) as unknown })
  expect(joinProblems(draft, '1101', true)).toEqual({ identityNumber: expect.any(String) as unknown })
})

test('R52 R39 a draft from before the decision: what is gone is asked for again, uploads that were not sent yet stay, links are new', () => {
  const upload = { fileId: 'cloud://env.bucket/application/x/2.jpg', url: 'wxfile://2' }
  const old = { fileId: kept('me').fileId, url: 'https://link/too-old' }
  const draft = { ...draftFrom(view()), years: '9', photos: [old, upload] }
  const decided = view({ certificates: [{ category: 'plumbing', name: '水工证', number: '', expiresAt: '2028-05-01T15:59:59.000Z', photo: null }] })
  const now = withWhatIsKept(draft, decided)
  expect(now).toMatchObject({ years: '9', photos: [kept('me'), upload], certificates: [{ photos: [] }] })
  expect(joinProblems(now, '', true)).toEqual({ 'certificates.0': expect.any(String) as unknown })
})

test('nothing sent, nothing filled in', () => {
  expect(draftFrom({ ...view(), sent: null })).toEqual(EMPTY_JOIN)
})
