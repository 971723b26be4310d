import * as z from 'zod'
import type { UploadPurpose } from '../../../typings/contract'
import { refuse } from '../../domain/refusal'
import { defineAction } from '../action'
import { openidOf } from '../caller'
import { grantPaths } from '../files'

const PHOTO_BYTES = 10 * 1024 * 1024
const VIDEO_BYTES = 50 * 1024 * 1024

const file = z
  .strictObject({ extension: z.enum(['jpg', 'jpeg', 'png', 'mp4']), bytes: z.int().min(1) })
  .refine(({ extension, bytes }) => bytes <= (extension === 'mp4' ? VIDEO_BYTES : PHOTO_BYTES), '文件太大：照片最多 10 MB，视频最多 50 MB')

/**
 * Hands out paths for the purposes that this function's callers have. Whether the subject is theirs is judged when a file is used: its path names person, purpose and
 * subject, so that it fits nothing else.
 */
export const grantUploadsFor = (purposes: readonly UploadPurpose[]) =>
  defineAction({
    summary: '要上传地址，一个文件一个',
    input: z.strictObject({
      purpose: z.enum(['filing', 'step', 'change', 'signature', 'application']),
      subject: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '所属编号不对'),
      files: z.array(file).min(1).max(10),
    }),
    example: { purpose: purposes[0] ?? 'filing', subject: 'draft-20261122-01', files: [{ extension: 'jpg' as const, bytes: 204_800 }] },
    run: async ({ purpose, subject, files }, { caller }) => {
      if (!purposes.includes(purpose)) return refuse('INVALID_INPUT', '这里不能传这种文件', { purpose: '这里不能传这种文件' })
      return { grants: grantPaths({ purpose, openid: openidOf(caller), subject }, files.map(({ extension }) => extension)) }
    },
  })
