BBBB BBBBBBBBBBBBBBBBBBBBB BBBBB BBBBBBBB gettext(u'[%(community)s] Cancelled, or given to somebody else: %(day)s, %(time)s, %(kind)s. Code %(code)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSSS SS SSSSS SS SSSSSSSS SSSSS SSSSSSSS SSSSSSSSS SSSSSSSSS SSSS SSSSSSSSS
BBBB gettext(u'[%(community)s] Cancelled, or given to somebody else: %(day)s, %(kind)s. Code %(code)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSSS SS SSSSS SS SSSSSSSS SSSSS SSSSSSSS SSSSSSSSS SSSS SSSSSSSSS
BBBBBBBBBBBBBBBBBB
