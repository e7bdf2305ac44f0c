BBBBBBBBBB BBB gettext(u'[%(community)s] Somebody asks you to act for them here. Sign in with this number and answer under “My matters”. Questions: %(phone)s.') 
  SSSSSSSSSSSSSSS SSSSSSSS SSSS SSS SS SSS SSS SSSS SSSSS SSSS SS SSSS SSSS SSSSSS SSS SSSSSS SSSSS SSS SSSSSSSSS SSSSSSSSSS SSSSSSSSSS
BBBBBBBBBBBBB
