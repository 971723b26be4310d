/** What to do at once in an emergency, before anybody is on the way (R50). The hotline's number comes from the settings. */
export const SAFETY_WORDS: { what: string; words: string }[] = [
  { what: '爆管、大量漏水', words: '先关总水阀，一般在水槽下面或楼道水表井里；水到了插座边，把电闸也拉下。' },
  { what: '闻到燃气味', words: '关燃气总阀，开窗，人先出去。别开关灯，别点火，出了门再打电话。' },
  { what: '断电、冒火花', words: '拉下总闸，别碰插座和湿的电器。' },
  { what: '锁在门外', words: '屋里有老人孩子或者开着火，先打 119。' },
]
