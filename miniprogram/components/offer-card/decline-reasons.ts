/** Why an offer is declined; staff count them (R37). At most six: WeChat's sheet holds no more. */
export const DECLINE_REASONS = ['太远了', '时间赶不上', '这活我不熟', '正忙着', '车坏了或人不舒服']
