# Needs curl and openssl: CreateTicket of Quick BI, signed with HMAC-SHA1 in plain POSIX sh.
access_key_id=LTAIlocaltest000000000000
access_key_secret=localtestsecret000000000000000
work=a206f5f3-0000-4000-8000-e9b17c835b03

# The parameters sorted by name, each value percent-encoded.
query="AccessKeyId=$access_key_id&Action=CreateTicket&ExpireTime=240&Format=JSON"
query="$query&SignatureMethod=HMAC-SHA1&SignatureNonce=$(openssl rand -hex 16)&SignatureVersion=1.0"
query="$query&TicketNum=1&Timestamp=$(date -u +%Y-%m-%dT%H%%3A%M%%3A%SZ)&Version=2022-01-01&WorksId=$work"

# All of it encoded once more is what is signed; the key is the secret and an ampersand.
string_to_sign="GET&%2F&$(printf %s "$query" | sed 's/%/%25/g; s/=/%3D/g; s/&/%26/g')"
signature=$(printf %s "$string_to_sign" | openssl dgst -sha1 -hmac "$access_key_secret&" -binary | openssl base64)
signature=$(printf %s "$signature" | sed 's/+/%2B/g; s|/|%2F|g; s/=/%3D/g')

answer=$(curl -sS --noproxy '*' "http://127.0.0.1:4240/?$query&Signature=$signature")
ticket=$(printf %s "$answer" | sed -n 's/.*"Result":"\([^"]*\)".*/\1/p')
if [ -n "$ticket" ]; then
    echo "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId=$work&accessTicket=$ticket"
else
    echo "$answer" >&2
fi
