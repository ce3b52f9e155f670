# pip install tccli
# The scheme stands in the endpoint: tccli has no option for plain HTTP. A region is compulsory and has no effect.
answer=$(tccli bi CreateEmbedToken \
    --endpoint http://127.0.0.1:4240 --region ap-guangzhou \
    --secretId AKIDlocaltest0000000000000000000000 --secretKey localtestsecret00000000000000000 \
    --ProjectId 117 --PageId 11520 --Scope page --ExpireTime 240)
token=$(printf %s "$answer" | sed -n 's/.*"BIToken": "\([^"]*\)".*/\1/p')
if [ -n "$token" ]; then
    echo "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$token"
fi
