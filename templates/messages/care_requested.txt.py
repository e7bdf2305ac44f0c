BBBB BBBBBBBBBBBBBBBBBBBBB BBBBB BBBBBBBB gettext(u'[%(community)s] Received: %(kind)s, %(day)s, %(time)s. We hold the place and confirm it soon. Code %(code)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSS SSSSSSSSS SSSSSSSS SSSSSSSSS SS SSSS SSS SSSSS SSS SSSSSSS SS SSSSS SSSS SSSSSSSSS
BBBB BBBBBBBBB gettext(u'[%(community)s] Received: %(kind)s on %(day)s. We confirm it soon. Code %(code)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSS SSSSSSSS SS SSSSSSSS SS SSSSSSS SS SSSSS SSSS SSSSSSSSS
BBBB gettext(u'[%(community)s] Received: %(kind)s. We get in touch to agree on a day. Code %(code)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSS SSSSSSSSS SS SSS SS SSSSS SS SSSSS SS S SSSS SSSS SSSSSSSSS
BBBBBBBBBBBBBBBBBB
