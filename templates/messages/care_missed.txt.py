BBBBBBBBBB BBB gettext(u'[%(community)s] Not at home: %(kind)s, code %(code)s. Nobody has entered yet how they are: find out now.') 
  SSSSSSSSSSSSSSS SSS SS SSSSS SSSSSSSSS SSSS SSSSSSSSS SSSSSS SSS SSSSSSS SSS SSS SSSS SSSS SSSS SSS SSSS
BBBBBBBBBBBBB
