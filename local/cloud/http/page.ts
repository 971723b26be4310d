import { type Exchange, sendText } from './exchange'

/** A refusal as a page, for people who open an address in a browser. */
export function sendPage(exchange: Exchange, status: number, message: string): void {
  const safe = message.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const style = 'font:17px/1.6 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 16px'
  const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>师服到 · 本地工作区</title><body style="${style}"><p>${safe}</p></body></html>`
  sendText(exchange, status, page, 'text/html; charset=utf-8')
}
