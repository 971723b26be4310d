/** `open-type="chooseAvatar"`: a picture from the machine becomes a temporary file. */
import type { Phone } from '../phone'
import { chooseFiles, extensionOf } from './file-chooser'

export async function chooseAvatar(phone: Phone): Promise<string | null> {
  const [file] = await chooseFiles({ accept: 'image/*', multiple: false })
  return file ? phone.files.addTemporary(file, extensionOf(file)) : null
}
