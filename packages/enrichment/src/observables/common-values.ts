/** Hosts that half of all reports mention: search, mail, social media, shops, news, clouds. Registered domains; every host below them counts. */
export const popularDomains: ReadonlySet<string> = new Set(
  `google.com youtube.com facebook.com instagram.com twitter.com x.com linkedin.com whatsapp.com tiktok.com reddit.com pinterest.com wikipedia.org wikimedia.org amazon.com ebay.com
apple.com icloud.com microsoft.com windows.com windowsupdate.com live.com office.com office365.com outlook.com hotmail.com msn.com bing.com skype.com sharepoint.com azure.com
yahoo.com gmail.com googlemail.com protonmail.com proton.me gmx.de gmx.net web.de mail.ru yandex.ru yandex.com vk.com ok.ru telegram.org t.me github.com gitlab.com bitbucket.org githubusercontent.com
cloudflare.com akamai.net akamaiedge.net amazonaws.com cloudfront.net googleapis.com gstatic.com googleusercontent.com doubleclick.net google-analytics.com googletagmanager.com fastly.net
dropbox.com mega.nz wetransfer.com zoom.us slack.com discord.com netflix.com spotify.com paypal.com adobe.com oracle.com ibm.com mozilla.org ubuntu.com debian.org
bbc.com bbc.co.uk cnn.com nytimes.com theguardian.com reuters.com apnews.com lemonde.fr lefigaro.fr spiegel.de bild.de zeit.de nos.nl nu.nl nrc.nl volkskrant.nl telegraaf.nl elpais.com corriere.it
virustotal.com shodan.io urlscan.io abuse.ch mitre.org nist.gov cisa.gov europa.eu welivesecurity.com securelist.com krebsonsecurity.com bleepingcomputer.com
blogspot.com wordpress.com medium.com tumblr.com archive.org archive.is archive.ph perma.cc w3.org ietf.org iana.org letsencrypt.org digicert.com verisign.com`.split(
    /\s+/,
  ),
);

/** Shorteners: the name says nothing, only the whole address does. */
export const shorteners: ReadonlySet<string> = new Set(
  'bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly lnkd.in rebrand.ly cutt.ly fb.me youtu.be'.split(' '),
);

/** Names reserved for documents and tests (RFC 2606, RFC 6761) and local names. */
export const reservedSuffixes: readonly string[] = [
  'example',
  'example.com',
  'example.net',
  'example.org',
  'test',
  'invalid',
  'localhost',
  'local',
  'lan',
  'internal',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
];

/** Public resolvers and time servers: in every capture of every machine. */
export const publicResolvers: ReadonlySet<string> = new Set(
  '8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 4.2.2.1 4.2.2.2 77.88.8.8 77.88.8.1 94.140.14.14 94.140.15.15 64.6.64.6 2001:4860:4860::8888 2001:4860:4860::8844 2606:4700:4700::1111 2606:4700:4700::1001 2620:fe::fe'.split(
    ' ',
  ),
);

/** Hashes of nothing, of one line feed, and of the EICAR test file. */
export const emptyHashes: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
  '68b329da9893e34099c7d8ad5cb9c940',
  'adc83b19e793491b1c6ea0fd8b46cd9f32e592fc',
  '01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b',
  '44d88612fea8a8f36de82e1278abb02f',
  '3395856ce81f2b7382dee72602f798b642f14140',
  '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
]);

/** Programs of every machine, and names that every attachment has. */
export const commonFiles: ReadonlySet<string> = new Set(
  'cmd.exe powershell.exe explorer.exe svchost.exe rundll32.exe regsvr32.exe mshta.exe wscript.exe cscript.exe notepad.exe chrome.exe firefox.exe winword.exe excel.exe index.html index.php readme.txt setup.exe install.exe update.exe image001.png image.png document.pdf invoice.pdf'.split(
    ' ',
  ),
);

/** Mail boxes that every organisation has. */
export const commonMailboxes: ReadonlySet<string> = new Set(
  'info contact abuse security noc soc postmaster hostmaster webmaster admin support press noreply no-reply privacy help'.split(' '),
);

/** Networks that identify nobody: private, shared, link-local, documentation, benchmark, multicast and reserved ranges (RFC 6890, RFC 5737, RFC 3849). */
export const specialNetworks: readonly string[] =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 fc00::/7 fe80::/10 ff00::/8 2001:db8::/32'.split(
    ' ',
  );
