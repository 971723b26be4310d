/**
 * What people write of their fault is read by technicians who do not have the job yet, and by WeChat: telephone numbers, WeChat ids and the number of a house or a door, which some write into it all the same, are
 * left out (R05, R39). The order keeps the words as they were said (R02).
 */
export const withoutContact = (words: string): string => CONTACTS.reduce((text, pattern) => text.replace(pattern, HIDDEN), words)

const HIDDEN = '***'
const DIGIT = '[0-9０-９]'
const SPOKEN = '[零〇一二三四五六七八九幺两]'
/** 6, 十二, 6A */
const NUMBER = `(?:${DIGIT}{1,4}[A-Za-z]?|[一二三四五六七八九十百]{1,4})`

/** 2030-01-07, 2019.5.1 */
const DATE = `(?:19|20)${DIGIT}{2}[-/.年]${DIGIT}{1,2}[-/.月]${DIGIT}{1,2}(?!${DIGIT})`
/** What stands behind a figure that measures something. */
const UNIT = '\\s*(?:[VWAvwa]|伏|瓦|安|元|块|升|米|寸|毫米|厘米|公斤|斤|度|℃|个|次|月|年|分钟|小时|mm|cm|kg|号线)'

const CONTACTS: readonly RegExp[] = [
  // Seven digits or more, however they are parted: a telephone.
  new RegExp(`(?<!${DIGIT})(?!${DATE})${DIGIT}(?:[\\s\\-－—–.·()（）_]{0,2}${DIGIT}){6,}`, 'g'),
  new RegExp(`(?<!${DIGIT})(?:1[3-9]${DIGIT}|0${DIGIT}{2,3})(?:[，、,/]\\s?${DIGIT}{4}){2}`, 'g'),
  new RegExp(`(?:${DIGIT}|${SPOKEN}){11}`, 'g'),
  new RegExp(`${SPOKEN}(?:\\s?${SPOKEN}){6,}`, 'g'),
  /(?:微\s?信|wei\s?xin|wx|vx|v信|QQ)\s*(?:号|号码|id)?\s*[:：是]?\s*[A-Za-z0-9][\w-]{4,}/gi,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  // 6 幢 2 单元 1102, 88 弄 3 号楼, A 座 1501: a house, and the door that follows.
  new RegExp(`(?:(?:${NUMBER}\\s*(?:号楼|号院|幢|栋|单元|弄|室(?![一二两三四]厅))|[A-Za-z]\\s?座)\\s*)+(?:${DIGIT}{2,5}\\s*(?:室|号)?)?`, 'g'),
  // 梧桐路 12 号, 梧桐路 12-3 号
  new RegExp(`(?<=[路街巷弄道村苑园]|(?<![家屋房这那厅厨卫院])里)\\s*${NUMBER}(?:[-－]${DIGIT}{1,3})?\\s*号(?!线)`, 'g'),
  // 6-2-1102, 6#1102
  new RegExp(`(?<!${DIGIT})(?!${DATE})${DIGIT}{1,3}\\s*[-－—–#＃]\\s*(?:${DIGIT}{1,2}\\s*[-－—–]\\s*)?${DIGIT}{3,4}(?!${DIGIT}|${UNIT})`, 'g'),
]
