BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Be forgotten') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBXXBBBB BBBBBB gettext(u'My data') XXXX
  XXXX gettext(u'Forget %(name)s') SSSSSS SSSSSSSSXXXXX
  BB BBBBBBBXX XXXXXXXXXXX XXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX
      
    XXXXBBBBB
  BB BBBBBBBBBBBB
    XXX gettext(u'This still stands. End it first, or ask us to:') XXXX
    XXXX
      BBB BBBBBBBB BB BBBBBBBBBBBBXXXXXXXXXBBBBBB
    XXXXX
    XX XXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXX XXXXXXBBB BBBBXX gettext(u'My matters') XXXXXXXX
  BBBB
    XXX
       gettext(u'Name, birthday, phone, papers, address, answers and notes are taken out of every row. You cannot sign in any more, and nobody can undo it.') 
    XXXX
    XXX gettext(u'This stays all the same:') XXXX
    XXXX
      BBB BBBB BB BBBBBXXXXXXXXXBBBBBB
    XXXXX
    XXXXX XXXXXXXXXXXXXX
      BBBBBBBBBB
      XX XXXXXXXXXXXX
        XXXXXXXX gettext(u'Ask to be forgotten') XXXXXXXXX
        XX XXXXXXBBB BBBBBBBBBXX gettext(u'No, go back') XXXX
      XXXX
    XXXXXXX
  BBBBB
BBBBBBBB BBBBBBB
