import { standardSchema } from './schema'
import type { Standard } from './schema'

/** R24–R28, R30 for a small repair. */
export const smallRepair: Standard = standardSchema.parse({
  id: 'small-repair',
  version: 1,
  name: '小修',
  visitKind: 'repair',
  scheme: 'ahead',
  steps: [
    {
      id: 'kit',
      title: '出门前点齐东西',
      hint: '材料和工具照报价单点一遍',
      phase: 'before_setting_out',
      ticks: [
        { id: 'badge', label: '工牌' },
        { id: 'brochure', label: '公司手册' },
        { id: 'shoe_covers', label: '鞋套' },
        { id: 'sheets', label: '保护垫' },
        { id: 'cloth', label: '抹布' },
        { id: 'materials', label: '本单的材料和工具' },
      ],
    },
    {
      id: 'door',
      title: '出示工牌，穿鞋套',
      hint: '站在门外先亮工牌，再请业主念口令',
      phase: 'at_door',
      ticks: [
        { id: 'badge_shown', label: '工牌给业主看过' },
        { id: 'shoe_covers_on', label: '鞋套穿好了' },
      ],
      moment: 'door',
    },
    {
      id: 'protect',
      title: '铺好保护，拍旧痕',
      hint: '地面、过道、墙边和软装都盖住，工具放在垫子上',
      phase: 'work',
      ticks: [
        { id: 'valuables', label: '请业主收好贵重、易碎的东西' },
        { id: 'consent_to_move', label: '要挪的东西业主同意了' },
        { id: 'covered', label: '地面、墙边、软装盖好了' },
        { id: 'mat', label: '工具放在垫子上' },
      ],
      photos: { label: '修之前、旧痕', min: 1 },
      moment: 'valuables',
    },
    { id: 'repair', title: '修理', hint: '只做报价单里的；要加项目，先让业主点头', phase: 'work', photos: { label: '修好以后', min: 1 }, note: { label: '做了什么', required: false } },
    {
      id: 'test',
      title: '试用 2 分钟',
      hint: '开到最大，看接口、管道和柜底有没有问题',
      phase: 'work',
      minSeconds: 120,
      photos: { label: '试用时', min: 1 },
      again: true,
    },
    {
      id: 'explain',
      title: '讲用法和保养',
      phase: 'work',
      ticks: [
        { id: 'shown', label: '当面演示过了' },
        { id: 'care', label: '讲了怎么保养' },
      ],
      moment: 'explain',
    },
    {
      id: 'clean',
      title: '擦净，东西放回原处',
      phase: 'work',
      ticks: [
        { id: 'wiped', label: '擦干净了' },
        { id: 'put_back', label: '挪过的东西放回去了' },
        { id: 'rubbish', label: '垃圾带走' },
      ],
      photos: { label: '收拾好以后', min: 1 },
      again: true,
    },
  ],
  words: {
    phone: ['【{homeowner}】，您好！', '我是{company}的【{technician}】，工号【{staffNumber}】。', '您报修【{problem}】，', '{wanted}，对吗？', '我【{proposal}】到，您看行不行？'],
    door: ['【{homeowner}】，您好！我是{company}的【{technician}】，', '这是我的工牌，您可以扫码查一下。', '麻烦您念一下手机上的四位口令。'],
    consent: ['我先看一看，再动手。', '要加钱的活，您手机上点头了我才做。'],
    valuables: ['贵重的、容易碎的，请您先收起来。', '这几样我要挪一下，可以吗？'],
    refuse: ['谢谢您，公司规定不抽烟、不喝水，您别忙。'],
    explain: ['修好了，我开给您看。', '平时这样用，坏得慢。'],
    acceptance: ['您自己试一试，满意了再签字。'],
    farewell: ['保修卡在您手机里，有问题随时叫我们，不收钱。', '旧件给您放这儿了，再见！'],
  },
  closing: { card: true, parts: true },
  ratingTags: ['准时', '讲得明白', '手艺好', '有礼貌', '收拾得干净'],
  questions: [
    { id: 'holds', text: '修好的地方还好用吗？', yes: '好用', no: '又坏了', good: 'yes', returns: true },
    { id: 'clean', text: '收拾干净没有？', yes: '干净', no: '没有', good: 'yes' },
    { id: 'overcharged', text: '有没有多收钱？', yes: '有', no: '没有', good: 'no' },
  ],
})
