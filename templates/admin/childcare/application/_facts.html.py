BBBB BBBBBBBBBBBBBB BBBBBBBBBBB
XXX XXXXXXXXXXXXXX
  XXXXX
    XXXX gettext(u'Application') XXXXX
    XXXX X XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Child') XXXXX
    XXXX
      BB BBBBBBBBBBBBBBBBBBBBBBBBB
        X
         gettext(u'born on %(day)s') SSSS SS
          SSSSSSSBBBBB
    XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Guardian') XXXXX
    XXXX
      BB BBBBBBBBBBBBBBBBBBBB
        X
        BBBBB
      
    XXXXX
  XXXXXX
  BB BBBBBBBBBBBBBBBBBBBBBBBBBXXXXX
      XXXX gettext(u'Class wanted') XXXXX
      XXXX X FFFFXXXXX
    XXXXXXBBBBB
  BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXX
      XXXX gettext(u'Place offered') XXXXX
      XXXX
         X
        FFFFXXXX gettext(u'offered until %(day)s, %(time)s') SSSSSSS
          SSSSS SSSSSSSS SSSSSSSS
      XXXXX
    XXXXXXBBBBB
XXXXX
