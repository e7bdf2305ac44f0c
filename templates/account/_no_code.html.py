XXXX XXXXXXXXXXXXX
  XXX
    XXXXXXXX gettext(u'No code? Call %(phone)s, or a clerk signs you in.') 
        SS SSSSS SSSS SSSSSSSSSS SS S SSSSS SSSSS SSS SSS
      XXXXXXXXX
  XXXX
  XX XXXXXXXXXXXX
    XX XXXXXXXXXXXXX XXXXXXXXXXFFFFF FXX gettext(u'Call us') XXXX
    XX XXXXXXXX gettext(u'I have a code from a clerk') XXXX
  XXXX
XXXXXX
