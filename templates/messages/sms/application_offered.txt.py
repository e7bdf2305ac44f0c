BBBBBBBBBB BBB gettext(u'A place in %(group)s is offered on application %(code)s. Please answer by %(when)s. Check %(real)s') 
  S SSSSS SS SSSSSSSSS SS SSSSSSS SS SSSSSSSSSSS SSSSSSSSS SSSSSS SSSSSS SS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
