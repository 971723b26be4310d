/** The wire of wx.openApi: a multipart form whose `requestData` is protobuf (facts/cloudbase.md §2). */
import busboy from 'busboy'
import type { IncomingHttpHeaders } from 'node:http'
import protobuf from 'protobufjs'

const { root } = protobuf.parse(`syntax = "proto2";
message KeyValuePair { optional string key = 1; optional bytes value = 2; optional string contenttype = 3; optional string filename = 4; }
message OpenApiData { repeated KeyValuePair pairs = 1; }
message SvrkitApiData { optional string apiName = 1; optional bytes reqData = 2; }
message CommApiData { optional int32 apiType = 1; optional OpenApiData openapiData = 2; optional SvrkitApiData svrkitData = 4; optional string appid = 6; }
message CommOpenApiResp { optional bytes respData = 1; optional string contentType = 2; optional int32 errorCode = 3; optional uint32 httpCode = 4; optional int32 svrkitErrorCode = 6; }`)
const Request = root.lookupType('CommApiData')
const Response = root.lookupType('CommOpenApiResp')

export interface Form {
  fields: Record<string, string>
  /** Parts sent as application/octet-stream. */
  files: Record<string, Buffer>
}

export function readForm(headers: IncomingHttpHeaders, body: Buffer): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = { fields: {}, files: {} }
    const parser = busboy({ headers })
    parser.on('field', (name, value) => {
      form.fields[name] = value
    })
    parser.on('file', (name, stream) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        form.files[name] = Buffer.concat(chunks)
      })
    })
    parser.on('close', () => resolve(form))
    parser.on('error', reject)
    parser.end(body)
  })
}

/** The arguments of an openapi call, by their names in snake_case; undefined if the message holds none (getOpenData and the like). */
export function decodeArguments(requestData: Buffer): Record<string, unknown> | undefined {
  const message = Request.toObject(Request.decode(requestData), { bytes: Buffer }) as {
    openapiData?: { pairs?: { key: string; value: Buffer; filename?: string }[] }
  }
  if (!message.openapiData) return undefined
  const pairs = message.openapiData.pairs ?? []
  return Object.fromEntries(pairs.map(({ key, value, filename }) => [key, filename === undefined ? parse(value) : value]))
}

function parse(value: Buffer | undefined): unknown {
  const bytes = value ?? Buffer.alloc(0)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return bytes
  }
}

/** An answer of WeChat's, `{ errcode, errmsg, … }`. */
export function encodeAnswer(answer: unknown): Buffer {
  return encode({
    respData: Buffer.from(JSON.stringify(answer)),
    contentType: 'application/json',
    errorCode: 0,
    httpCode: 200,
    svrkitErrorCode: 0,
  })
}

/** A refusal of the platform's, such as -604101: the call never reached WeChat. */
export function encodePlatformError(errorCode: number): Buffer {
  return encode({ respData: Buffer.alloc(0), contentType: 'application/json', errorCode, httpCode: 200, svrkitErrorCode: 0 })
}

function encode(message: Record<string, unknown>): Buffer {
  return Buffer.from(Response.encode(Response.create(message)).finish())
}
