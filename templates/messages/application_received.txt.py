BBBBBBBBBB BBB gettext(u'[%(community)s] We have your nursery application %(code)s. We check it and write to you again.') 
  SSSSSSSSSSSSSSS SS SSSS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSSS SS SSSSS SS SSS SSSSS SS SSS SSSSSS
BBBBBBBBBBBBB
