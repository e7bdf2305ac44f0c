BBBBBBBBBB BBB gettext(u'[%(community)s] Your sign-in code is %(code)s. It is valid for 10 minutes. We never ask for it by phone.') 
  SSSSSSSSSSSSSSS SSSS SSSSSSS SSSS SS SSSSSSSSS SS SS SSSSS SSS SS SSSSSSSS SS SSSSS SSS SSS SS SS SSSSSS
BBBBBBBBBBBBB
