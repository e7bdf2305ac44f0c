BBBBBBBBBB BBB gettext(u'[%(community)s] Something is missing in your nursery application %(code)s. Open it under “My matters” to see what, or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SSSSSSSSS SS SSSSSSS SS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSSS SSSS SS SSSSS SSS SSSSSSSS SS SSS SSSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
