/** 员工控制台: starts functions by hand with a JSON event, as staff do in the cloud's own console (R43). */
import { operators } from '../../../seed/staff'
import type { TodoDocument } from '../../../../cloudfunctions/platform/documents'
import { settlingInput } from '../../../../cloudfunctions/staff/settled-by'
import { element, redraw } from '../dom'
import { runFunction, WorkplaceError } from '../workplace'
import { answerView } from './answer-view'
import { EventTextError, inEarnest, isDryRun, readEvent, writeEvent } from './event-text'
import { ExampleList } from './example-list'
import type { Blanks, Example, FunctionName } from './functions'
import { examplesIn, firstEvent, FUNCTIONS, helpEvent, leftOpen, shortSummary, TOKENS, whoMay } from './functions'
import { JsonEditor } from './json-editor'
import { PayerTool } from './payer-tool'
import { drawUsual } from './usual-buttons'

/** What the console needs of the bench around it. */
interface Bench {
  /** What is selected, for examples. */
  blanks(): Blanks
  /** It is known now what staff can do. */
  onLearned(): void
}

interface Desk {
  text: string
  answer: HTMLElement | null
  took: number | null
}

export class ConsolePanel {
  private readonly tabs = element('div', { class: 'tabs', role: 'tablist', label: '函数' })
  private readonly operator = element('select', { class: 'operator', label: '以谁的名义' })
  private readonly editor = new JsonEditor({ onRun: () => void this.run(), onChange: (text) => this.typed(text) })
  private readonly hint = element('p', { class: 'editor-hint', attributes: { id: 'editor-hint' } })
  private readonly go = element('button', { class: 'solid', text: '运行', attributes: { type: 'button' }, onClick: () => void this.run() })
  private readonly took = element('span', { class: 'took', role: 'status' })
  private readonly answer = element('div', { class: 'answer-place', attributes: { 'aria-live': 'polite' } })
  private readonly examples = new ExampleList((example) => this.use(example))
  private readonly payer = new PayerTool()
  private readonly panel = element('div', { role: 'tabpanel', attributes: { id: 'console-panel' } })
  private readonly desks = new Map<FunctionName, Desk>()
  private current: FunctionName = 'staff'
  private known: Example[] = []
  /** What staff's actions do, in a few words. */
  private words = new Map<string, string>()
  private running = false

  /** `usual` takes the buttons for what is done often. */
  constructor(
    container: HTMLElement,
    private readonly usual: HTMLElement,
    private readonly bench: Bench,
  ) {
    this.operator.append(
      ...operators.map(({ _id, title, name }) => element('option', { text: `${title} ${name}`, attributes: { value: _id } })),
    )
    this.operator.addEventListener('change', () => void this.changeOperator())
    container.append(
      element(
        'header',
        { class: 'console-head' },
        element('h2', { text: '员工控制台', attributes: { id: 'console-title' } }),
        this.operator,
      ),
      this.tabs,
      this.panel,
    )
    this.panel.append(
      this.editor.view,
      this.hint,
      element('div', { class: 'run-row' }, this.go, this.examples.view, this.took),
      this.answer,
      this.payer.view,
    )
    this.drawTabs()
    this.show('staff')
  }

  /** Payments changed somewhere. */
  refresh(): void {
    if (this.current === 'payment') void this.payer.refresh()
  }

  private get desk(): Desk {
    const found = this.desks.get(this.current) ?? {
      text: writeEvent(firstEvent(this.current, this.operator.value)),
      answer: null,
      took: null,
    }
    this.desks.set(this.current, found)
    return found
  }

  private show(name: FunctionName): void {
    this.current = name
    this.editor.text = this.desk.text
    this.operator.hidden = name !== 'staff'
    this.payer.view.hidden = name !== 'payment'
    this.drawTabs()
    this.drawAnswer()
    this.say('')
    void this.learn()
    if (name === 'payment') void this.payer.refresh()
  }

  private drawTabs(): void {
    redraw(
      this.tabs,
      ...FUNCTIONS.map(({ name, label }, index) => {
        const selected = name === this.current
        const tab = element(
          'button',
          {
            role: 'tab',
            attributes: {
              type: 'button',
              id: `tab-${name}`,
              'aria-selected': String(selected),
              'aria-controls': 'console-panel',
              tabindex: selected ? '0' : '-1',
              'data-key': name,
            },
            onClick: () => this.show(name),
          },
          label,
          ' ',
          element('span', { text: name }),
        )
        tab.addEventListener('keydown', ({ key }) => {
          const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
          const next = FUNCTIONS[(index + step + FUNCTIONS.length) % FUNCTIONS.length]
          if (step === 0 || !next) return
          this.show(next.name)
          this.tabs.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus()
        })
        return tab
      }),
    )
    this.panel.setAttribute('aria-labelledby', `tab-${this.current}`)
  }

  /** Asks the function itself what it can do: the examples are its own. */
  private async learn(): Promise<void> {
    const name = this.current
    const operator = this.operator.value
    const run = await runFunction(name, helpEvent(name, operator)).catch(() => null)
    if (name !== this.current) return
    this.known = run ? examplesIn(name, run.answer, operator, this.bench.blanks()) : []
    this.examples.show(this.known)
    if (name === 'staff' && this.known.length > 0) {
      this.words = new Map(this.known.map((example) => [example.name, shortSummary(example.summary)]))
      this.bench.onLearned()
    }
    drawUsual(this.usual, this.known, (action) => void this.useAction(action))
  }

  /** Examples are read again first: another order may be selected by now. */
  private async useAction(action: string): Promise<void> {
    await this.learn()
    const example = this.known.find(({ name }) => name === action)
    if (example) this.use(leftOpen(example))
  }

  /** What an action of staff does, in a few words; empty while it is not known. */
  wordsOf(action: string): string {
    return this.words.get(action) ?? ''
  }

  /** Writes the event by which that action settles a to-do; what only the person at the console can know is left open. */
  async settle(todo: TodoDocument, action: string): Promise<void> {
    this.show('staff')
    await this.learn()
    const example = this.known.find(({ name }) => name === action)
    if (example) this.use({ ...example, event: { ...example.event, input: settlingInput(todo, example.event.input) } })
  }

  private use(example: Example): void {
    const { event } = example
    if ('operator' in event) this.operator.value = whoMay(example, this.operator.value)
    this.typed((this.editor.text = writeEvent('operator' in event ? { ...event, operator: this.operator.value } : event)))
    this.editor.focus()
  }

  private typed(text: string): void {
    this.desk.text = text
    this.say('')
  }

  private async changeOperator(): Promise<void> {
    try {
      const event = JSON.parse(this.editor.text) as unknown
      if (typeof event === 'object' && event !== null && 'operator' in event)
        this.typed((this.editor.text = writeEvent({ ...event, operator: this.operator.value })))
    } catch {
      // Half written: whoever writes it names the operator.
    }
    await this.learn()
  }

  private async run(): Promise<void> {
    if (this.running) return
    const { desk, current } = this
    const { text } = this.editor
    // What came of the event before says nothing of this one.
    Object.assign(desk, { answer: null, took: null })
    let event: unknown
    try {
      event = readEvent(text, TOKENS)
    } catch (error) {
      if (!(error instanceof EventTextError)) throw error
      this.say(error.message)
      this.drawAnswer()
      return
    }
    this.say('')
    this.setRunning(true)
    this.drawAnswer()
    try {
      const run = await runFunction(current, event)
      Object.assign(desk, { answer: answerView(run, isDryRun(event) ? () => this.runInEarnest(text) : null), took: run.took })
    } catch (error) {
      if (!(error instanceof WorkplaceError)) throw error
      this.say(error.message)
    } finally {
      this.setRunning(false)
      this.drawAnswer()
    }
  }

  /** What was tried, as it was tried: the text may have been changed since. */
  private runInEarnest(tried: string): void {
    this.typed((this.editor.text = inEarnest(tried)))
    void this.run()
  }

  private setRunning(running: boolean): void {
    this.running = running
    this.go.textContent = running ? '运行中…' : '运行'
    this.go.setAttribute('aria-disabled', String(running))
  }

  /** A problem with the text itself; empty takes it away. */
  private say(problem: string): void {
    this.hint.textContent = problem
    this.hint.hidden = problem === ''
    this.editor.faulty = problem !== ''
  }

  private drawAnswer(): void {
    const { answer, took } = this.desk
    this.answer.replaceChildren(...(answer ? [answer] : []))
    this.took.textContent = took === null ? '' : `用了 ${took} 毫秒`
  }
}
