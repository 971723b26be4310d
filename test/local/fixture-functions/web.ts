/** Answers over HTTP access in the shape that it is asked for. */
export async function main(event: {
  path: string
  body: string
  isBase64Encoded: boolean
  queryStringParameters: Record<string, string>
}): Promise<unknown> {
  switch (event.queryStringParameters.as) {
    case 'text':
      return 'plain words'
    case 'json':
      return { hello: '您好' }
    case 'nothing':
      return undefined
    case 'no-content':
      return { statusCode: 204, headers: { 'x-kept': 'yes' }, body: '' }
    case 'binary':
      return {
        statusCode: 201,
        headers: { 'content-type': 'image/png' },
        body: Buffer.from([0, 255, 1, 254]).toString('base64'),
        isBase64Encoded: true,
      }
    case 'throw':
      throw new Error('inner secret')
    default:
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }
  }
}
