BB BBBB BB BBBBBB
   gettext(u'at most 5 minutes') 
BBBB BBBB BB BBBBBBBB
   gettext(u'5 to 10 minutes') 
BBBB BBBB BB BBBBB
   gettext(u'10 to %(limit_minutes)s minutes') SS SS SSSSSSSSSSSSSSSSS SSSSSSS
BBBB BBBB BB BBBBBBBB
   gettext(u'more than %(limit_minutes)s minutes') SSSS SSSS SSSSSSSSSSSSSSSSS SSSSSSS
BBBB
   gettext(u'none within reach') 
BBBBB
