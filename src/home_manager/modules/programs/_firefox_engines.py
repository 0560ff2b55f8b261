"""The search engines that Firefox comes with: their ids, and the names that they once were configured by."""

_TABLE = """\
1und1 1&1 Suche
allegro-pl Allegro
amazon-jp Amazon.co.jp
amazondotcom-us Amazon.com
azerdict Azerdict
baidu 百度
bing Bing
bok-NO Ordbok
ceneji Ceneje.si
coccoc Cốc Cốc
daum-kr 다음
ddg DuckDuckGo
ebay eBay
ecosia Ecosia
eudict EUdict Eng->Cro
faclair-beag Am Faclair Beag
gmx-de GMX Suche
gmx-en-GB GMX Search
gmx-es GMX - Búsqueda web
gmx-fr GMX - Recherche web
gmx-shopping GMX Shopping
google Google
gulesider-NO Gule sider
leo_ende_de LEO Eng-Deu
longdo พจนานุกรม ลองดู
mailcom mail.com search
mapy-cz Mapy.cz
mercadolibre-ar MercadoLibre Argentina
mercadolibre-cl MercadoLibre Chile
mercadolibre-mx MercadoLibre Mexico
mercadolivre MercadoLivre
naver-kr 네이버
odpiralni Odpiralni Časi
pazaruvaj Pazaruvaj
priberam Priberam
prisjakt-sv-SE Prisjakt
qwant Qwant
qwantjr Qwant Junior
rakuten 楽天市場
readmoo Readmoo 讀墨電子書
reddit Reddit
salidzinilv Salidzini.lv
seznam-cz Seznam
tyda-sv-SE Tyda.se
vatera Vatera.hu
webde WEB.DE Suche
wikipedia Wikipedia (en)
wikipedia-NN Wikipedia (nn)
wikipedia-NO Wikipedia (nb)
wikipedia-af Wikipedia (af)
wikipedia-an Biquipedia (an)
wikipedia-ar ويكيبيديا (ar)
wikipedia-ast Wikipedia (ast)
wikipedia-az Vikipediya (az)
wikipedia-be Вікіпедыя (be)
wikipedia-be-tarask Вікіпэдыя (be-tarask)
wikipedia-bg Уикипедия (bg)
wikipedia-bn উইকিপিডিয়া (bn)
wikipedia-br Wikipedia (br)
wikipedia-bs Wikipedia (bs)
wikipedia-ca Viquipèdia (ca)
wikipedia-cy Wicipedia (cy)
wikipedia-cz Wikipedie (cs)
wikipedia-da Wikipedia (da)
wikipedia-de Wikipedia (de)
wikipedia-dsb Wikipedija (dsb)
wikipedia-el Βικιπαίδεια (el)
wikipedia-eo Vikipedio (eo)
wikipedia-es Wikipedia (es)
wikipedia-et Vikipeedia (et)
wikipedia-eu Wikipedia (eu)
wikipedia-fa ویکی‌پدیا (fa)
wikipedia-fi Wikipedia (fi)
wikipedia-fr Wikipédia (fr)
wikipedia-fy-NL Wikipedy (fy)
wikipedia-ga-IE Vicipéid (ga)
wikipedia-gd Uicipeid (gd)
wikipedia-gl Wikipedia (gl)
wikipedia-gn Vikipetã (gn)
wikipedia-gu વિકિપીડિયા (gu)
wikipedia-he ויקיפדיה
wikipedia-hi विकिपीडिया (hi)
wikipedia-hr Wikipedija (hr)
wikipedia-hsb Wikipedija (hsb)
wikipedia-hu Wikipédia (hu)
wikipedia-hy Վիքիպեդիա (hy)
wikipedia-ia Wikipedia (ia)
wikipedia-id Wikipedia (id)
wikipedia-is Wikipedia (is)
wikipedia-it Wikipedia (it)
wikipedia-ja Wikipedia (ja)
wikipedia-ka ვიკიპედია (ka)
wikipedia-kab Wikipedia (kab)
wikipedia-kk Уикипедия (kk)
wikipedia-km វិគីភីឌា (km)
wikipedia-kn ವಿಕಿಪೀಡಿಯ (kn)
wikipedia-kr 위키백과 (ko)
wikipedia-lij Wikipedia (lij)
wikipedia-lo ວິກິພີເດຍ (lo)
wikipedia-lt Vikipedija (lt)
wikipedia-ltg Vikipedeja (ltg)
wikipedia-lv Vikipēdija (lv)
wikipedia-mk Википедија (mk)
wikipedia-mr विकिपीडिया (mr)
wikipedia-ms Wikipedia (ms)
wikipedia-my ဝီကီပီးဒီးယား (my)
wikipedia-ne विकिपिडिया (ne)
wikipedia-nl Wikipedia (nl)
wikipedia-oc Wikipèdia (oc)
wikipedia-pa ਵਿਕੀਪੀਡੀਆ (pa)
wikipedia-pl Wikipedia (pl)
wikipedia-pt Wikipédia (pt)
wikipedia-rm Wikipedia (rm)
wikipedia-ro Wikipedia (ro)
wikipedia-ru Википедия (ru)
wikipedia-si විකිපීඩියා (si)
wikipedia-sk Wikipédia (sk)
wikipedia-sl Wikipedija (sl)
wikipedia-sq Wikipedia (sq)
wikipedia-sr Википедија (sr)
wikipedia-sv-SE Wikipedia (sv)
wikipedia-ta விக்கிப்பீடியா (ta)
wikipedia-te వికీపీడియా (te)
wikipedia-th วิกิพีเดีย
wikipedia-tl Wikipedia (tl)
wikipedia-tr Vikipedi (tr)
wikipedia-uk Вікіпедія (uk)
wikipedia-ur ویکیپیڈیا (ur)
wikipedia-uz Vikipediya (uz)
wikipedia-vi Wikipedia (vi)
wikipedia-wo Wikipedia (wo)
wikipedia-zh-CN 维基百科
wikipedia-zh-TW Wikipedia (zh)
wiktionary-kn ವಿಕ್ಷನರಿ (kn)
wiktionary-oc Wikiccionari (oc)
wiktionary-ta விக்சனரி (ta)
wiktionary-te విక్షనరీ (te)
wolnelektury-pl Wolne Lektury
yahoo-jp Yahoo! JAPAN
yahoo-jp-auctions Yahoo!オークション
youtube YouTube
wikipedia-hy Wikipedia (hy)
wikipedia-kn Wikipedia (kn)
wikipedia-lv Vikipēdija
wikipedia-NO Wikipedia (no)
wikipedia-el Wikipedia (el)
wikipedia-lt Wikipedia (lt)
wikipedia-my Wikipedia (my)
wikipedia-pa Wikipedia (pa)
wikipedia-pt Wikipedia (pt)
wikipedia-si Wikipedia (si)
wikipedia-tr Wikipedia (tr)
"""

IDS = {name: id for id, name in (line.split(" ", 1) for line in _TABLE.splitlines())}
"""The id of an engine, by its name; from the search configuration of Firefox and the migrations of its settings."""
