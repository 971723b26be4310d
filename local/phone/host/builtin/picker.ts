/** `<picker>`: selector, several columns, date and time, as wheels on a sheet. */
import { movedNow } from '../clock'
import { wheelSheet } from '../chrome/wheels'
import type { Wheel } from '../chrome/wheels'
import { Builtin } from './builtin'

const two = (value: number): string => String(value).padStart(2, '0')
const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const parts = (text: string, separator: string): number[] => text.split(separator).map((part) => parseInt(part, 10) || 0)

export class PickerElement extends Builtin {
  private open = false
  private firstValue: unknown

  override attached(): void {
    this.firstValue = this.property('value')
    this.onTap(() => {
      if (!this.flag('disabled') && !this.open) void this.ask()
    })
  }

  override formValue(): unknown {
    return this.property('value') ?? (this.text('mode') === 'multiSelector' ? [] : '')
  }

  override resetField(): void {
    this.set({ value: this.firstValue })
  }

  override labelTapped(): void {
    if (!this.open) void this.ask()
  }

  private async ask(): Promise<void> {
    this.open = true
    const mode = this.text('mode')
    const chosen =
      mode === 'multiSelector'
        ? await this.askColumns()
        : mode === 'date'
          ? await this.askDate()
          : mode === 'time'
            ? await this.askTime()
            : await this.askOne()
    this.open = false
    if (chosen === null) this.emit('cancel', {})
    else {
      this.set({ value: chosen })
      this.emit('change', { value: chosen })
    }
  }

  private wheels(columns: () => Wheel[], onMove?: (column: number, index: number) => void): Promise<number[] | null> {
    return wheelSheet(this.phone.layers, { title: this.text('headerText'), columns, ...(onMove ? { onMove } : {}) })
  }

  private labels(items: unknown): string[] {
    const key = this.text('rangeKey')
    return (Array.isArray(items) ? (items as unknown[]) : []).map((item) =>
      String(key !== '' && typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[key] : item),
    )
  }

  private async askOne(): Promise<string | null> {
    const chosen = await this.wheels(() => [{ labels: this.labels(this.property('range')), index: this.number('value') }])
    return chosen ? String(chosen[0] ?? 0) : null
  }

  private askColumns(): Promise<number[] | null> {
    const columns = (): Wheel[] => {
      const value = this.property('value')
      const indexes = Array.isArray(value) ? (value as unknown[]) : []
      return (this.property('range') as unknown[]).map((items, column) => ({
        labels: this.labels(items),
        index: Number(indexes[column] ?? 0),
      }))
    }
    return this.wheels(columns, (column, index) => this.emit('columnchange', { column, value: index }))
  }

  private async askDate(): Promise<string | null> {
    const today = new Date(movedNow() + 8 * 3_600_000).toISOString().slice(0, 10)
    const level = this.text('fields')
    const count = level === 'year' ? 1 : level === 'month' ? 2 : 3
    const [firstYear = 1970, firstMonth = 1, firstDay = 1] = parts(this.text('start') || '1970-01-01', '-')
    const [lastYear = 2099, lastMonth = 12, lastDay = 31] = parts(this.text('end') || '2099-12-31', '-')
    const [year = firstYear, month = 1, day = 1] = parts(this.text('value') || today, '-')
    const current = { year: Math.min(Math.max(year, firstYear), lastYear), month, day }
    const lists = (): number[][] => {
      const atFirstYear = current.year === firstYear
      const atLastYear = current.year === lastYear
      const months = range(atFirstYear ? firstMonth : 1, atLastYear ? lastMonth : 12)
      current.month = months.includes(current.month) ? current.month : (months[0] ?? 1)
      const from = atFirstYear && current.month === firstMonth ? firstDay : 1
      const to = atLastYear && current.month === lastMonth ? lastDay : daysIn(current.year, current.month)
      const days = range(from, to)
      current.day = days.includes(current.day) ? current.day : current.day > to ? to : from
      return [range(firstYear, lastYear), months, days].slice(0, count)
    }
    const keys = ['year', 'month', 'day'] as const
    const units = ['年', '月', '日']
    const columns = (): Wheel[] => {
      const all = lists()
      return all.map((values, column) => ({
        labels: values.map((value) => `${value}${units[column] ?? ''}`),
        index: Math.max(0, values.indexOf(current[keys[column] ?? 'year'])),
      }))
    }
    const chosen = await this.wheels(columns, (column, index) => {
      const key = keys[column]
      const value = lists()[column]?.[index]
      if (key && value !== undefined) current[key] = value
    })
    return chosen === null ? null : [String(current.year), two(current.month), two(current.day)].slice(0, count).join('-')
  }

  private async askTime(): Promise<string | null> {
    const [firstHour = 0, firstMinute = 0] = parts(this.text('start') || '00:00', ':')
    const [lastHour = 23, lastMinute = 59] = parts(this.text('end') || '23:59', ':')
    const now = new Date(movedNow() + 8 * 3_600_000).toISOString().slice(11, 16)
    const [hour = firstHour, minute = 0] = parts(this.text('value') || now, ':')
    const current = { hour: Math.min(Math.max(hour, firstHour), lastHour), minute }
    const hours = range(firstHour, lastHour)
    const minutes = (): number[] => range(current.hour === firstHour ? firstMinute : 0, current.hour === lastHour ? lastMinute : 59)
    const columns = (): Wheel[] => [
      { labels: hours.map((value) => `${two(value)} 时`), index: Math.max(0, hours.indexOf(current.hour)) },
      { labels: minutes().map((value) => `${two(value)} 分`), index: Math.max(0, minutes().indexOf(current.minute)) },
    ]
    const chosen = await this.wheels(columns, (column, index) => {
      if (column === 0) current.hour = hours[index] ?? current.hour
      else current.minute = minutes()[index] ?? current.minute
      if (!minutes().includes(current.minute)) current.minute = minutes()[0] ?? 0
    })
    return chosen === null ? null : `${two(current.hour)}:${two(current.minute)}`
  }
}
