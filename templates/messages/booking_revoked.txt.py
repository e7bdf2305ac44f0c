BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] We are sorry: %(item)s on %(day)s, %(time)s cannot take place (%(reason)s). Please choose another time or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SS SSS SSSSSS SSSSSSSS SS SSSSSSSS SSSSSSSS SSSSSS SSSS SSSSS SSSSSSSSSSSSS SSSSSS SSSSSS SSSSSSS SSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
