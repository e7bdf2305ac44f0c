BB BBB
  XX XXXXXXXXXXXXXX
     gettext(u'No time suits you? Phone %(phone)s: a few places in every half hour are kept for callers and for people at the window.') SS SSSS SSSSS SSSS SSSSS SSSSSSSSSS S SSS SSSSSS
      SS SSSSS SSSS SSSS SSS SSSS SSS SSSSSSS SSS SSS SSSSSS SS SSS SSSSSSS
  XXXX
BBBBB
