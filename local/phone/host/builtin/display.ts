/** Built-ins that only show something: `<progress>`, `<icon>`, `<rich-text>`. */
import { element } from '../dom'
import { browserStyle } from '../inline-style'
import { Builtin } from './builtin'

const pixels = (value: string): string => (/^\d+(\.\d+)?$/.test(value) ? `${value}px` : browserStyle(value))

export class ProgressElement extends Builtin {
  private readonly bar = element('div', { class: 'host-progress-bar', role: 'progressbar' })
  private readonly fill = element('div')
  private readonly info = element('span', { class: 'host-progress-info' })

  override attached(): void {
    this.bar.append(this.fill)
    this.element.append(this.bar, this.info)
    this.fill.addEventListener('transitionend', () => this.emit('activeend', { curPercent: this.number('percent') }))
    this.draw()
  }

  override changed(): void {
    this.draw()
  }

  private draw(): void {
    const percent = Math.min(100, Math.max(0, this.number('percent')))
    const height = pixels(this.text('strokeWidth'))
    Object.assign(this.bar.style, {
      height,
      background: this.text('backgroundColor'),
      borderRadius: pixels(this.text('borderRadius') || '0'),
    })
    Object.assign(this.fill.style, {
      height,
      width: `${percent}%`,
      background: this.text('activeColor') || this.text('color'),
      transition: this.flag('active') ? `width ${percent * this.number('duration')}ms linear` : '',
    })
    this.bar.setAttribute('aria-valuenow', String(percent))
    this.info.textContent = `${percent}%`
    this.info.hidden = !this.flag('showInfo')
  }
}

const ICONS: Record<string, { colour: string; path: string }> = {
  success: {
    colour: '#09bb07',
    path: '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="m6.5 12.3 3.8 3.8 7.2-7.6" stroke="#fff" stroke-width="2" fill="none"/>',
  },
  success_no_circle: { colour: '#09bb07', path: '<path d="m4 12.5 5.5 5.5L20 7" stroke="currentColor" stroke-width="2" fill="none"/>' },
  info: {
    colour: '#10aeff',
    path: '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="M12 10.5v7M12 6.5v1.5" stroke="#fff" stroke-width="2"/>',
  },
  warn: {
    colour: '#f76260',
    path: '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="M12 6v7.5M12 16v1.5" stroke="#fff" stroke-width="2"/>',
  },
  waiting: {
    colour: '#10aeff',
    path: '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="M12 6v6.5l4 2.5" stroke="#fff" stroke-width="2" fill="none"/>',
  },
  cancel: {
    colour: '#f43530',
    path: '<circle cx="12" cy="12" r="10" stroke="currentColor" fill="none"/><path d="m8 8 8 8m0-8-8 8" stroke="currentColor"/>',
  },
  download: {
    colour: '#09bb07',
    path: '<circle cx="12" cy="12" r="10" stroke="currentColor" fill="none"/><path d="M12 6v10m-4-4 4 4 4-4" stroke="currentColor" fill="none"/>',
  },
  search: {
    colour: '#b2b2b2',
    path: '<circle cx="11" cy="11" r="7" stroke="currentColor" stroke-width="1.5" fill="none"/><path d="m16 16 5 5" stroke="currentColor" stroke-width="1.5"/>',
  },
  clear: {
    colour: '#b2b2b2',
    path: '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="m8 8 8 8m0-8-8 8" stroke="#fff" stroke-width="1.5"/>',
  },
}

export class IconElement extends Builtin {
  override attached(): void {
    this.changed()
  }

  override changed(): void {
    const icon = ICONS[this.text('type')]
    const size = pixels(this.text('size') || '23')
    this.element.style.color = this.text('color') || icon?.colour || ''
    this.element.innerHTML = icon ? `<svg viewBox="0 0 24 24" style="display:block;width:${size};height:${size}">${icon.path}</svg>` : ''
  }
}

interface RichNode {
  type?: string
  name?: string
  attrs?: Record<string, unknown>
  children?: RichNode[]
  text?: string
}

const ALLOWED_TAGS = new Set(
  'a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol p q small span strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
)
const ALLOWED_ATTRIBUTES = new Set(['class', 'style', 'src', 'alt', 'width', 'height', 'colspan', 'rowspan', 'href'])

/** `<rich-text>`: the tags and attributes that WeChat lets through, nothing that runs. */
export class RichTextElement extends Builtin {
  override attached(): void {
    this.changed()
  }

  override changed(): void {
    const nodes = this.property('nodes')
    if (typeof nodes === 'string') this.element.replaceChildren(...this.fromMarkup(nodes))
    else this.element.replaceChildren(...((Array.isArray(nodes) ? nodes : []) as RichNode[]).flatMap((node) => this.fromNode(node)))
  }

  private fromMarkup(markup: string): Node[] {
    const parsed = new DOMParser().parseFromString(markup, 'text/html')
    const clean = (node: Node): Node[] => {
      if (node instanceof Text) return [new Text(node.data)]
      // What WeChat does not trust goes, with all that is in it.
      if (!(node instanceof HTMLElement) || !ALLOWED_TAGS.has(node.localName)) return []
      const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]))
      return [this.make(node.localName, attributes, [...node.childNodes].flatMap(clean))]
    }
    return [...parsed.body.childNodes].flatMap(clean)
  }

  private fromNode({ type, name = '', attrs = {}, children = [], text = '' }: RichNode): Node[] {
    if (type === 'text') return [new Text(text)]
    return ALLOWED_TAGS.has(name)
      ? [
          this.make(
            name,
            attrs,
            children.flatMap((child) => this.fromNode(child)),
          ),
        ]
      : []
  }

  private make(name: string, attributes: Record<string, unknown>, children: Node[]): Node {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) {
      if (!ALLOWED_ATTRIBUTES.has(key) || /^\s*javascript:/i.test(String(value))) continue
      if (key === 'class') made.classList.add(...this.classesOfOwner(String(value)))
      else made.setAttribute(key, key === 'style' ? browserStyle(String(value)) : String(value))
    }
    made.append(...children)
    return made
  }
}
