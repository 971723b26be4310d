/** Positions abroad are refused (R05, R13). */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import fc from 'fast-check'
import { AROUND, isInChina } from '../../cloudfunctions/domain/china'
import { SEED } from '../support/random'

const PLACES: Record<string, [number, number]> = {
  漠河: [122.5, 53], 黑河: [127.5, 50.25], 满洲里: [117.4, 49.6], 二连浩特: [111.98, 43.65], 绥芬河: [131.15, 44.4], 珲春: [130.36, 42.86], 丹东: [124.38, 40.13], 集安: [126.19, 41.13], 抚远: [134.3, 48.37], 荣成: [122.42, 37.16],
  嵊泗: [122.45, 30.73], 台北: [121.56, 25.04], 香港: [114.17, 22.3], 三亚: [109.5, 18.25], 永兴岛: [112.33, 16.83], 东兴: [107.97, 21.54], 河口: [103.96, 22.53], 磨憨: [101.69, 21.18], 瑞丽: [97.85, 24.01], 墨脱: [95.33, 29.33], 亚东: [88.9, 27.48],
  樟木: [85.98, 27.99], 普兰: [81.18, 30.29], 塔什库尔干: [75.23, 37.77], 喀什: [75.99, 39.47], 霍尔果斯: [80.42, 44.2], 塔城: [82.98, 46.75], 哈巴河: [86.4, 48.06], 甘其毛都: [107.6, 42.4], 北京: [116.4, 39.9], 杭州: [120.2, 30.2],
}
const ABROAD: Record<string, [number, number]> = {
  首尔: [126.98, 37.57], 平壤: [125.75, 39.02], 河内: [105.85, 21.03], 乌兰巴托: [106.92, 47.92], 海参崴: [131.9, 43.12], 阿拉木图: [76.95, 43.25], 加德满都: [85.32, 27.72], 德里: [77.2, 28.6], 曼德勒: [96.08, 21.97], 马尼拉: [120.98, 14.6],
  东京: [139.7, 35.7], 福冈: [130.4, 33.6], 那霸: [127.7, 26.2], 'latitude first': [30.2, 120.2], nowhere: [0, 0],
}
test.each([...Object.entries(PLACES).map(([name, at]) => [name, at, true] as const), ...Object.entries(ABROAD).map(([name, at]) => [name, at, false] as const)])('a position in %s %j: in China %s', (_name, [longitude, latitude], inside) =>
  expect(isInChina({ longitude, latitude })).toBe(inside),
)

test(`inside means what turf means by it (SEED=${SEED})`, () => {
  const china = { type: 'Polygon' as const, coordinates: [AROUND] }
  const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  fc.assert(fc.property(degrees(70, 140), degrees(0, 60), (longitude, latitude) => isInChina({ longitude, latitude }) === booleanPointInPolygon([longitude, latitude], china)), { seed: SEED, numRuns: 5_000 })
})
