BB BBBBBBBB BB BBBBBBBBB gettext(u'Step %(step)s of 4') SSSS SSSSSSSS SS
    SBBBB gettext(u'Step %(step)s of 3') SSSS SSSSSSSS SS
    SBBBBB
