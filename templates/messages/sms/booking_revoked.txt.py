BBBBBBBBBB BBB gettext(u'Sorry: %(item)s on %(when)s cannot take place. Choose another time or phone %(phone)s. Check %(real)s') 
  SSSSSS SSSSSSSS SS SSSSSSSS SSSSSS SSSS SSSSSS SSSSSS SSSSSSS SSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
