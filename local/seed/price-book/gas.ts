import { instant, onSite } from './item'
import type { Category } from './item'

const ANHE = ['安和', '安和燃具厂'] as const

/** 燃气: only technicians with a valid certificate for it. Makers and prices are invented. */
export const gas: Category = {
  code: 'gas',
  name: '燃气',
  icon: 'gas',
  certificate: true,
  items: [
    onSite({
      code: 'gas-leak-find',
      name: '找燃气漏点',
      unit: '次',
      range: [80, 160],
      labour: 120,
      minutes: 45,
      months: 3,
      includes: ['检漏仪逐处测', '写明漏在哪里'],
      excludes: ['燃气表前的管道，由燃气公司修'],
    }),
    instant({
      code: 'gas-hose-replace',
      name: '换燃气软管',
      unit: '根',
      range: [80, 160],
      material: ['安和不锈钢波纹管', ...ANHE, '304 不锈钢', 68],
      labour: 50,
      minutes: 30,
      months: 24,
      includes: ['新软管和接头', '刷肥皂水试漏'],
      excludes: ['改燃气管'],
    }),
    instant({
      code: 'gas-valve-replace',
      name: '换灶前阀',
      unit: '个',
      range: [90, 180],
      material: ['安和自闭阀', ...ANHE, '59 铜', 78],
      labour: 60,
      minutes: 40,
      months: 24,
      includes: ['新自闭阀', '刷肥皂水试漏'],
      excludes: ['燃气表前的总阀'],
    }),
    instant({
      code: 'gas-alarm',
      name: '装燃气报警器',
      unit: '个',
      range: [180, 320],
      material: ['安和家用报警器', ...ANHE, '带切断', 198],
      labour: 60,
      minutes: 40,
      months: 24,
      includes: ['报警器', '装好试响'],
    }),
    onSite({
      code: 'stove-ignition',
      name: '修燃气灶打火',
      unit: '台',
      range: [60, 180],
      labour: 90,
      minutes: 50,
      months: 6,
      includes: ['清炉头、调风门'],
      excludes: ['点火器、电磁阀另算'],
    }),
  ],
}
