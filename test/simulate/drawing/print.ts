import type { Report, Series } from '../figures'
export const printDay = (report: Report, _series: Series, _sheet: string): void => console.log(report)
