<?php
// composer require tencentcloud/tencentcloud-sdk-php:^3.0
require 'vendor/autoload.php';

use TencentCloud\Bi\V20220105\BiClient;
use TencentCloud\Bi\V20220105\Models\CreateEmbedTokenRequest;
use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\Common\Profile\HttpProfile;

$http = new HttpProfile();
$http->setEndpoint('127.0.0.1:4240');
$http->setProtocol('http://');
$profile = new ClientProfile();
$profile->setHttpProfile($http);
$keys = new Credential('AKIDlocaltest0000000000000000000000', 'localtestsecret00000000000000000');
$client = new BiClient($keys, '', $profile);

$request = new CreateEmbedTokenRequest();
$request->deserialize(['ProjectId' => 117, 'PageId' => 11520, 'Scope' => 'page', 'ExpireTime' => '240']);
$token = $client->CreateEmbedToken($request)->getData()->getBIToken();
echo "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$token\n";
