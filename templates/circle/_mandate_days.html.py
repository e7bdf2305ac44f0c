BB BBBBBBBBBBBBBBBBBBB gettext(u'%(first)s to %(last)s') SSSSSSSSS
    SS
    SSSSSSSSBBBB gettext(u'since %(first)s') SSSSS
    SSSSSSSSSBBBBB
