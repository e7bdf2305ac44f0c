BBBB BBBBBBBBBBB
XXXX gettext(u'What happens next') XXXXX
BB BBBBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'Nothing is sent before you say so on the last page. Until then it is kept here, and you can stop and go on another day.') 
  XXXX
BBBB BBBBBBBBBBBBBBBBBB BB BBBBBBBBBBB
  XXX XXXXXXXXXXXXXX
    XXXX gettext(u'We read your application within a few working days.') XXXXX
    XXXX gettext(u'Come to the nursery once with the originals.') XXXXX
    XXXX gettext(u'We write to you if something is missing, and when we can offer a place.') XXXXX
  XXXXX
  XXXX gettext(u'What to bring') XXXXX
  XXX XXXXXXXXXXXXXXX
    BBB BBBBB BB BBBBBBXXXXBBBB BBBBBBBXXXXXXXXXXXXXXXXXXBBBBBB
  XXXXX
BBBB BBBBBBBBBBBBBBBBBB BB BBBBBBBBBB
  XXX XXXXXXXXXXXXXX
    XXXX
       gettext(u'Everything is there. Your place in line is that of the day you sent it in: %(day)s.') SSSSSSSSSS SS SSSSSS SSSS SSSSS
        SS SSSS SS SSSS SS SSS SSS SSS SSSS SS SSS SSSSSSSS
    XXXXX
    XXXX gettext(u'As soon as a place fits we offer it to you, and write to you.') XXXXX
  XXXXX
BBBB BBBBBBBBBBBBBBBBBB BB BBBBBBBBB
  BB BBBBBBB
    XXX
       gettext(u'The offer has run out. If you still need a place, phone %(phone)s.') SSS SSSSS SSS SSS SSSS SS SSS SSSSS SSSS S SSSSSS
        SSSSS SSSSSSSSSS
    XXXX
  BBBB
    XXX
       gettext(u'If you accept, the place is kept for your child. If you do not answer in time, it goes to another child.') 
    XXXX
  BBBBB
BBBB BBBBBBBBBBBBBBBBBB BB BBBBBBBBBB
  XXX XXXXXXXXXXXXXX
    XXXX gettext(u'Come to the nursery to sign the contract before the first day.') XXXXX
    XXXX gettext(u'Bring the health check if it is older than three months.') XXXXX
    XXXX gettext(u'We then enrol your child and write to you.') XXXXX
  XXXXX
BBBB BBBBBBBBBBBBBBBBBB BB BBBBBBBBBB
  XXX gettext(u'Come on the first day. If something comes between, phone us.') XXXX
BBBB
  BB BBBBBBBBBBBBBBBBB BBB BBBBBBBBBBBBBBBBBB BB BBBBBBXXXXX
      XXXXXXXXXXXXX
      XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBX
    X
      BBBBBBBBBB
      XXX
         gettext(u'You can go on with it as it was filled in; its place in line begins when you send it in again.') 
      XXXX
      XX XXXXXXXXXXXXXXXXXXXX gettext(u'Go on with this application') XXXXXXXXXXXXX
    XXXXXXXBBBBB
  XXX
     gettext(u'Nothing more happens with this application.') 
    XX XXXXXXBBB BBBBBBBXX gettext(u'Apply again') XXXX
  XXXX
BBBBB
