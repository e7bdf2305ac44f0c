BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] A place in %(group)s is offered on your nursery application %(code)s. Please accept or decline it by %(day)s, %(time)s, under “My matters”.') 
  SSSSSSSSSSSSSSS S SSSSS SS SSSSSSSSS SS SSSSSSS SS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSSS SSSSSS SSSSSS SS SSSSSSS SS SS SSSSSSSS SSSSSSSSS SSSSS SSS SSSSSSSSS
BBBBBBBBBBBBB
