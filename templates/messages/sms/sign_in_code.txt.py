BBBBBBBBBB BBB gettext(u'Your sign-in code is %(code)s, valid for 10 minutes. Never tell it to anybody. Check %(real)s') 
  SSSS SSSSSSS SSSS SS SSSSSSSSS SSSSS SSS SS SSSSSSSS SSSSS SSSS SS SS SSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
