BBBBBBBBBB BBB gettext(u'[%(community)s] We are sorry: %(kind)s (code %(code)s) cannot take place: %(reason)s. Please choose another time or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SS SSS SSSSSS SSSSSSSS SSSSS SSSSSSSSS SSSSSS SSSS SSSSSS SSSSSSSSSSS SSSSSS SSSSSS SSSSSSS SSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
