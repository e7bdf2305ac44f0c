"""Items of a catalogue as people search them: code, Chinese and English name, and what is typed instead."""

from circle import text_matching

# code | Chinese name | English name | synonyms
ITEMS = """
RL01 | 最低生活保障申请 | Minimum living allowance application | 低保
RL02 | 特困人员救助供养申请 | Support for people in extreme hardship
RL03 | 临时救助申请 | Temporary assistance application
RL04 | 医疗救助申请 | Medical assistance application
RL05 | 教育救助申请 | Education assistance application
RL06 | 最低生活保障边缘家庭认定 | Recognition as a household just above the allowance line
RL07 | 应急生活物资与送餐保障登记 | Emergency supplies and meal delivery register
EL01 | 老年人优待证办理 | Senior citizen benefit card | 老年证
EL02 | 高龄津贴申请 | Old-age allowance application
EL03 | 经济困难失能老年人养老服务补贴申请 | Care subsidy for older people with low income and disability
EL04 | 老年食堂助餐登记 | Senior canteen meal registration | 老年食堂、饭票、长者食堂
EL05 | 居家助浴助洁上门预约 | Home bathing and cleaning visit | 洗澡、打扫卫生
EL06 | 独居老人定期探访登记 | Regular visits for people living alone
EL07 | 养老待遇资格认证协助 | Help with pension eligibility confirmation | 养老认证、生存认证、人脸认证
EL08 | 老年学校课程报名 | Senior school enrolment
SI01 | 城乡居民基本养老保险参保登记 | Resident pension insurance enrolment
SI02 | 城乡居民养老保险待遇申领 | Resident pension claim
SI03 | 社会保障卡申领与补换 | Social security card issue and replacement | 社保卡
SI04 | 失业登记 | Unemployment registration | 失业金
SI05 | 就业困难人员认定 | Recognition for priority job help
SI06 | 求职登记与技能培训报名 | Job search and skills training sign-up
SI07 | 灵活就业社会保险补贴申请 | Social insurance subsidy for flexible workers
SI08 | 创业担保贷款申请（社区推荐） | First review of start-up loan applications
HL01 | 城乡居民基本医疗保险参保登记 | Resident medical insurance enrolment | 医保卡、居民医保
HL02 | 医保异地就医备案 | Registration for treatment in another place
HL03 | 门诊慢特病待遇认定代办 | Chronic disease outpatient benefit, filed for you
HL04 | 家庭医生签约 | Family doctor sign-up
HL05 | 老年人免费健康体检预约 | Free health check for older residents
HL06 | 儿童预防接种预约 | Child vaccination booking | 打疫苗、预防针
HL07 | 新冠疫苗接种预约登记 | COVID-19 vaccination booking | 打疫苗、新冠疫苗
FM01 | 生育登记 | Pregnancy and birth record
FM02 | 计划生育家庭奖励扶助申请 | Support payment for one-child and similar families
FM03 | 托育服务入托报名 | Nursery place application | 托班、托儿所、入托
FM04 | 孤儿、事实无人抚养儿童基本生活保障申请 | Basic allowance for orphans and children without carers
FM05 | 留守与困境儿童关爱登记 | Register for children left behind or in difficulty
DB01 | 残疾人证办理 | Disability certificate application
DB02 | 困难残疾人生活补贴和重度残疾人护理补贴申请 | Living and nursing allowances for people with disabilities
DB03 | 辅助器具适配与居家无障碍改造申请 | Assistive devices and home accessibility works
HS01 | 公共租赁住房申请 | Public rental housing application
HS02 | 居住登记与居住证申领 | Residence registration and residence permit | 居住证、暂住证
HS03 | 水电气故障与居家维修报修 | Home repair and utility fault reports | 修水管、停水停电
HS04 | 加装电梯与老旧小区改造意愿征集 | Lift installation and estate renewal opinions
ED01 | 社区图书室借阅证办理 | Community reading room card
ED02 | 适龄儿童入学信息登记与政策咨询 | School entry information for compulsory education
ED03 | 文体活动室与健身场地预约 | Booking of activity rooms and sports space
ED04 | 国民体质监测预约 | Fitness assessment booking
ED05 | 四点半课堂与假期托管报名 | After-school and holiday care sign-up
TR01 | 公交优待卡代办 | Concession travel card, filed for you | 公交卡、老年卡
TR02 | 电动自行车登记上牌预约 | E-bike registration booking
TR03 | 轮椅与助行器具借用 | Loan of wheelchairs and walking aids | 借轮椅
CV01 | 公共法律服务与法律援助咨询 | Legal advice and legal aid enquiry | 律师、打官司
CV02 | 人民调解申请 | People's mediation request
CV03 | 居委会证明开具 | Residents' committee certificates | 开证明
CV04 | 退役军人优待证申领 | Veteran benefit card application
"""


def read_items() -> dict[str, tuple[str, str, list[str]]]:
    rows = (line.split(" | ") for line in ITEMS.strip().splitlines())
    return {code: (zh, en, synonyms[0].split("、") if synonyms else []) for code, zh, en, *synonyms in rows}


NAMES = read_items()
KEYS = {code: text_matching.build_key([zh, en], synonyms) for code, (zh, en, synonyms) in NAMES.items()}
