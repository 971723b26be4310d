export interface SafetyWords {
  /** The trade whose technicians see to it, by its code in the price book. */
  category: string
  what: string
  words: string
  /** The same in a breath: stays above the button, whatever else is on the screen. */
  first: string
}

/** What to do at once in an emergency, before anybody is on the way (R50). The hotline's number comes from the settings. */
export const SAFETY_WORDS: SafetyWords[] = [
  { category: 'gas', what: '闻到燃气味', words: '关总阀，开窗，别碰电器开关，别点火。人都到户外，打燃气公司电话，再等师傅。', first: '关阀开窗、别碰开关，到户外打燃气公司' },
  { category: 'plumbing', what: '爆管、大量漏水', words: '先关总水阀，一般在水槽下面或楼道水表井里；水到了插座边，把电闸也拉下。', first: '先关总水阀；水到了插座边，拉下电闸' },
  { category: 'electrical', what: '断电、冒火花', words: '拉下总闸，别碰插座和湿的电器。', first: '拉下总闸，别碰插座和湿的电器' },
  { category: 'locks', what: '锁在门外', words: '屋里有老人孩子或者开着火，先打 119。', first: '屋里有老人孩子、开着火，先打 119' },
]

/** What stands above the button for the chosen trade; people first where nothing more is known. */
export const firstWords = (category: string): string => SAFETY_WORDS.find((words) => words.category === category)?.first ?? '先保人：离开危险的地方，再报修'
