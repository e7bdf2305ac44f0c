BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] The place offered on your nursery application %(code)s is kept until %(day)s, %(time)s. After that it goes to another child.') 
  SSSSSSSSSSSSSSS SSS SSSSS SSSSSSS SS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SS SSSS SSSSS SSSSSSSS SSSSSSSSS SSSSS SSSS SS SSSS SS SSSSSSS SSSSSS
BBBBBBBBBBBBB
