XXXXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
  XXX XXXXXXXXXXXXXXXXXXXX gettext(u'Check that nobody has changed them') XXXXX
  XXX
     gettext(u'The file holds the minutes as they were published. Its fingerprint (SHA-256) must be this one, today and in ten years:') 
  XXXX
  XX XXXXXXXXXXX XXXXX XXXXXXXXXXXXXX
  XX XXXXXXXXXXXX
    XX XXXXXXXXXXXXX XXXXXX XXXXXXXX gettext(u'Download the file') XXXX
    XXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXX
       gettext(u'Copy the fingerprint') 
    XXXXXXXXX
  XXXX
  XXXXXXXXX
    XXXXXXXXX gettext(u'How to check it') XXXXXXXXXX
    XXX
       gettext(u'On Linux or macOS type the command below; on Windows type certutil -hashfile, the name of the file and SHA256. Compare the two lines.') 
    XXXX
    XXXXXXXXXXXXXXXXXX XXXXXXXXXXX
  XXXXXXXXXX
XXXXXXXXXX
