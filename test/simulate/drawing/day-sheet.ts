import type { Report, Series } from '../figures'
export const drawDay = (_report: Report, _series: Series): string => '<svg/>'
