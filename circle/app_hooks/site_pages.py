"""Pages that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage

# Name of the address, Chinese and English title, and what people type instead.
PAGES = [
    SitePage(
        "ratings",
        "居民评价",
        "How people rate us",
        ("好差评", "评价", "满意度", "差评", "ratings", "reviews"),
    ),
    SitePage(
        "surveys",
        "居民三感调查",
        "How content people are",
        ("三感", "获得感", "幸福感", "安全感", "问卷", "调查", "survey", "satisfaction"),
    ),
    SitePage("notices", "公告", "Notices", ("通知", "告示", "公示", "announcements", "news")),
    SitePage(
        "progress", "查进度", "Where does it stand?", ("进度", "办到哪了", "办得怎么样", "status", "progress")
    ),
    SitePage(
        "help",
        "帮助和联系",
        "Help and contact",
        (
            "电话",
            "联系",
            "咨询",
            "投诉",
            "开放时间",
            "几点开门",
            "几点上班",
            "opening hours",
            "phone",
            "complaint",
        ),
    ),
    SitePage(
        "settings",
        "字号、颜色、语言和楼栋",
        "Size, colours, language, building",
        ("设置", "大字", "大字版", "长辈模式", "语言", "英文", "language", "english", "settings"),
    ),
    SitePage(
        "circle", "我的服务圈", "My circle", ("附近", "周边", "一刻钟", "十五分钟", "nearby", "map", "地图")
    ),
    SitePage("papers", "纸质表格", "Forms on paper", ("表格", "下载表格", "打印", "申请表", "paper forms")),
    SitePage("signposts", "这里不办，该找谁", "Not done here, but by others", ("找谁", "不归社区")),
    SitePage("me", "我的事项", "My matters", ("我的", "我的事", "my account", "我的消息", "账号")),
    SitePage("people", "为谁办、谁替我办", "For whom, and who for me", ("代办", "授权", "委托", "mandate")),
    SitePage(
        "real",
        "短信是不是我们发的",
        "Did this message come from us?",
        ("诈骗", "骗子", "真伪", "短信", "scam", "fraud"),
    ),
    SitePage("report", "页面纠错", "Report an error", ("报错", "纠错", "网站坏了", "error")),
    SitePage("privacy", "隐私", "Privacy", ("个人信息", "隐私政策", "data protection")),
    SitePage("my_data", "我的资料", "My data", ("导出", "注销", "删除我的信息", "delete my data")),
    SitePage(
        "account_request_login_code",
        "登录",
        "Sign in",
        ("登陆", "注册", "验证码", "sign up", "log in", "login"),
    ),
]


def site_pages() -> list[SitePage]:
    return PAGES
